using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What changes are made of that several records are part of, step by step.</summary>
internal sealed partial class PersonStore
{
    /// <summary>
    /// The person's turn in this process, for changes that are made here step by step: <see cref="SeeAsync"/>,
    /// <see cref="Make"/>, and <see cref="TrySaveAsync"/> or <see cref="FinishAsync"/>.
    /// </summary>
    public ValueTask<Turns<PersonKey>.Holder> TakeTurnAsync(PersonKey person, CancellationToken cancellation) =>
        turns.TakeAsync(person, cancellation);

    /// <summary>Ends what was begun with any of these and broken off. False: there was nothing.</summary>
    public ValueTask<bool> SettleAsync(IEnumerable<PersonRecord> seen, CancellationToken cancellation) =>
        Settler.SettleAsync(seen, cancellation);

    public async ValueTask<KnownPerson> SeeAsync(PersonKey person, CancellationToken cancellation)
    {
        long asOf = known.Draw();
        return See(person, await records.LoadAsync(KeyOf(person), cancellation).ConfigureAwait(false), asOf);
    }

    /// <summary>Ends a change that saves nothing: of a repeated one the facts must be in the journal.</summary>
    public ValueTask FinishAsync<TResult>(Draft<TResult> draft, CancellationToken cancellation) =>
        AppendAsync(draft.IsRepeated ? draft.Before.Outbox : [], cancellation);

    /// <summary>Makes a change hold that saves something. Null: it does; otherwise what is there instead.</summary>
    public async ValueTask<KnownPerson?> TrySaveAsync<TResult>(
        PersonKey person, KnownPerson current, Draft<TResult> draft, CancellationToken cancellation)
    {
        (bool isSaved, KnownPerson there) =
            await SaveAsync(person, current, draft, lost: 0, cancellation).ConfigureAwait(false);
        return isSaved ? null : there;
    }

    /// <summary>
    /// Saves the record as it is, so that whoever is about to replace it has to look again.
    /// </summary>
    /// <returns>What is there now: the same at a new version, or what somebody else has saved.</returns>
    public async ValueTask<KnownPerson> TouchAsync(
        PersonKey person, KnownPerson current, Policy policy, Instant now, CancellationToken cancellation)
    {
        PersonRecord record = current.Record.Exists
            ? Decode(Trail.To(person), current)
            : PersonRecord.Unknown with { LastSeen = now };
        byte[] bytes = current.Record.Exists ? current.Record.Value.ToArray() : Encode(record);
        SaveResult result = await records.TrySaveAsync(
            KeyOf(person), current.Record.Version, bytes, upkeep.ExpiryOf(record, policy), cancellation)
            .ConfigureAwait(false);
        if (result is SaveResult.Conflict conflict)
        {
            return See(person, conflict.Current);
        }

        KnownPerson saved = current with { Record = new Record(((SaveResult.Saved)result).Version, bytes) };
        Keep(person, saved);
        return saved;
    }

    /// <summary>The record of that key itself, even if it is but another name of somebody.</summary>
    public async ValueTask<PersonRecord> LookAsync(PersonKey person, CancellationToken cancellation)
    {
        readiness.Require();
        return Decode(Trail.To(person), await SeeAsync(person, cancellation).ConfigureAwait(false));
    }

    /// <summary>
    /// One of the steps of a change over several records: what <paramref name="step"/> makes of the record, which it
    /// answers with null if there is nothing to do. It sees the record that is there, and runs again if somebody was
    /// quicker. It takes no turn, for whoever finds such a change unfinished may hold that turn.
    /// </summary>
    /// <returns>The record as it is after that.</returns>
    public async ValueTask<PersonRecord> StepAsync(
        PersonKey person, Policy policy, Func<PersonRecord, PersonRecord?> step, CancellationToken cancellation)
    {
        readiness.Require();
        KnownPerson current = await SeeAsync(person, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < options.SaveTriesMax; tries++)
        {
            PersonRecord before = Decode(Trail.To(person), current);
            if (step(before with { Outbox = [] }) is not { } made)
            {
                await AppendAsync(before.Outbox, cancellation).ConfigureAwait(false);
                return before;
            }

            PersonRecord after = Signed(made, made.LastSeen) with { Key = person, Via = person };
            PersonSave save = new(
                Encode(after),
                upkeep.ExpiryOf(after, policy),
                after.Outbox,
                after.Person.Ledger.Contacts.Length,
                default);   // contacts only change hands here
            Draft<PersonRecord> draft = new(after, before, save, IsRepeated: false);
            (bool isSaved, current) =
                await SaveAsync(person, current, draft, tries, cancellation).ConfigureAwait(false);
            if (isSaved)
            {
                return after;
            }
        }

        throw Contended();
    }
}
