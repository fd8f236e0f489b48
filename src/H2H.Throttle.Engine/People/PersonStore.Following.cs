using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What is done for somebody wherever they are kept, whatever name they are asked for by.</summary>
internal sealed partial class PersonStore
{
    /// <summary>The most records that are looked at until somebody is found.</summary>
    private const int HopsMax = 128;

    private const int SecureTriesMax = 16;

    /// <summary>What is stored of a person; of one never heard of: nothing.</summary>
    public async ValueTask<PersonRecord> LoadAsync(PersonKey person, CancellationToken cancellation)
    {
        readiness.Require();
        Trail trail = Trail.To(person);
        for (int hops = 0; hops < HopsMax; hops++)
        {
            // That somebody has moved may be believed without a look: the record they have moved to tells if it is so.
            KnownPerson? guess = hops == 0 && !records.IsInProcess ? known.Find(person) : null;
            PersonRecord record = guess is { IsMoved: true } ? Decode(trail, guess) : PersonRecord.Unknown;
            if (record.Moved is not { IsDone: true })
            {
                record = Decode(trail, await SeeAsync(trail.At, cancellation).ConfigureAwait(false));
            }

            if (record.IsHere)
            {
                return record;
            }

            trail = await Settler.FollowAsync(record, cancellation).ConfigureAwait(false);
        }

        throw Contended();
    }

    /// <summary>
    /// As <see cref="ChangeAsync"/>, and waits until the change is as safe as the store can make it.
    /// <paramref name="change"/> must know itself again, for it runs once more if another server changes the person
    /// before that.
    /// </summary>
    public async ValueTask<(TResult Result, Durability Durability)> ChangeSecurelyAsync<TResult>(
        PersonKey person,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation)
    {
        readiness.Require();
        Durability? durability = null;
        (Done<TResult> done, _) = await FollowAsync(person, ChangeAtAsync, cancellation).ConfigureAwait(false);
        return (done.Result, durability ?? Durability.Unstated);

        async ValueTask<Done<TResult>> ChangeAtAsync(Trail trail, bool mayGuess)
        {
            using Turns<PersonKey>.Holder turn = await turns.TakeAsync(trail.At, cancellation).ConfigureAwait(false);
            for (int tries = 1; ; tries++)
            {
                // What was saved may be gone: only what is seen from now on counts.
                Done<TResult> made = await ChangeInTurnAsync(
                    trail, mayGuess, known.Draw(), now, policy, change, cancellation).ConfigureAwait(false);
                durability = made.Elsewhere is null
                    ? await records.SecureAsync(KeyOf(trail.At), made.Version, cancellation).ConfigureAwait(false)
                    : null;
                if (durability is not null || made.Elsewhere is not null || tries == SecureTriesMax)
                {
                    return made;
                }
            }
        }
    }

    /// <summary>Whoever was led back to where they began looks at what is stored.</summary>
    private static bool MayGuess(Trail trail, int hops) => hops == 0 || trail.At != trail.Via;

    /// <summary>Does it where the person is kept, whatever name they are asked for by.</summary>
    private async ValueTask<(Done<TResult> Done, PersonKey At)> FollowAsync<TResult>(
        PersonKey person, Func<Trail, bool, ValueTask<Done<TResult>>> changeAt, CancellationToken cancellation)
    {
        Trail trail = Trail.To(person);
        for (int hops = 0; hops < HopsMax; hops++)
        {
            Done<TResult> done = await changeAt(trail, MayGuess(trail, hops)).ConfigureAwait(false);
            if (done.Elsewhere is not { } record)
            {
                return (done, trail.At);
            }

            trail = await Settler.FollowAsync(record, cancellation).ConfigureAwait(false);
        }

        throw Contended();
    }
}
