using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// Loads and changes the records of people: load, compute, compare-and-set, and again if somebody was quicker.
/// </summary>
/// <remarks>Whoever is asked for by another name is found, and dealt with, where they are kept.</remarks>
internal sealed partial class PersonStore(
    IRecordStore records,
    IJournal journal,
    ThrottleOptions options,
    Readiness readiness,
    ChangeMeter meter,
    Func<PersonStore, Settler> settling,
    ILogger<PersonStore> log)
{
    public const string Kind = "person";

    private readonly Upkeep upkeep = new(options, log);
    private readonly Turns<PersonKey> turns = new();
    private readonly KnownPeople known = new(options.PeopleKnownMax, options.PeopleKnownBytesMax);
    private readonly Newcomers newcomers = new();
    private Actor? actor;

    /// <summary>The same people; the facts that changes through it leave name the actor.</summary>
    public PersonStore By(Actor by)
    {
        _ = Settler;   // what it does is nobody's doing, so it keeps to the people who name nobody
        PersonStore signing = (PersonStore)MemberwiseClone();
        signing.actor = by;
        return signing;
    }

    public (int Count, long Bytes) Known => known.Size;

    private Settler Settler => field ??= settling(this);

    /// <summary>
    /// Changes a person's record. <paramref name="change"/> may run several times, each time with what is stored then,
    /// and is handed a time that never falls for one person. What it saves and the facts it leaves are durable when
    /// this returns.
    /// </summary>
    /// <remarks>
    /// The first time it runs on a guess (<see cref="GuessAt"/>), unless looking costs less. A guess that is right is
    /// proved right by the save and costs no load. What a guess leads to is not believed if it saves nothing: a denial
    /// without a request id, a repeated answer and a refusal are given only on what the store answered after the call
    /// had come. So those who wait for one person's turn while another looks share the next look.
    /// </remarks>
    /// <exception cref="RequestException">
    /// Thrown by <paramref name="change"/>, or others kept being quicker.
    /// </exception>
    public async ValueTask<TResult> ChangeAsync<TResult>(
        PersonKey person,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation)
    {
        readiness.Require();
        Trail trail = Trail.To(person);
        for (int hops = 0; hops < HopsMax; hops++)
        {
            // Where somebody was led to since, what was seen there before tells nothing.
            long came = known.Draw();
            PersonRecord? elsewhere;
            using (await turns.TakeAsync(trail.At, cancellation).ConfigureAwait(false))
            {
                Done<TResult> done = await ChangeInTurnAsync(
                    trail, MayGuess(trail, hops), came, now, policy, change, cancellation).ConfigureAwait(false);
                elsewhere = done.Elsewhere;
                if (elsewhere is null)
                {
                    return done.Result;
                }
            }

            trail = await Settler.FollowAsync(elsewhere, cancellation).ConfigureAwait(false);
        }

        throw Contended();
    }

    private async ValueTask<Done<TResult>> ChangeInTurnAsync<TResult>(
        Trail trail,
        bool mayGuess,
        long came,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation)
    {
        PersonKey person = trail.At;
        KnownPerson current = mayGuess
            ? GuessAt(person) ?? Met(await SeeAsync(person, cancellation).ConfigureAwait(false))
            : await SeeAsync(person, cancellation).ConfigureAwait(false);
        int lost = 0;
        for (int tries = current.IsGuess(came) ? 0 : 1; tries <= options.SaveTriesMax; tries++)
        {
            bool isGuess = current.IsGuess(came);
            Draft<TResult>? draft = isGuess
                ? Guess(trail, current, now, policy, change)
                : Make(trail, current, now, policy, change);
            if (draft is { IsElsewhere: true } && (!isGuess || draft.Before.Moved is { IsDone: true }))
            {
                return new Done<TResult>(default!, default, draft.Before);
            }

            if (draft is not { Save: not null } || draft.IsElsewhere)
            {
                KnownPerson stored = isGuess
                    ? await SeeAsync(person, cancellation).ConfigureAwait(false)
                    : current;
                if (draft is { IsElsewhere: false } && stored.Record.Version == current.Record.Version)
                {
                    await FinishAsync(draft, cancellation).ConfigureAwait(false);
                    return new Done<TResult>(draft.Result, stored.Record.Version);
                }

                current = stored;
                continue;
            }

            (bool isSaved, current) = await SaveAsync(person, current, draft, lost, cancellation).ConfigureAwait(false);
            Tried(++lost, isGuess, isSaved);
            if (isSaved)
            {
                return new Done<TResult>(draft.Result, current.Record.Version);
            }
        }

        throw Contended();
    }

    /// <summary>What is there when the next try is due: what the refusal showed, or what a later look does.</summary>
    private async ValueTask<KnownPerson> GiveWayAsync(
        PersonKey person, KnownPerson shown, int lost, CancellationToken cancellation)
    {
        if (!Rivalry.IsStuck(lost))
        {
            return shown;
        }

        await Rivalry.StepAsideAsync(lost, cancellation).ConfigureAwait(false);
        return await SeeAsync(person, cancellation).ConfigureAwait(false);
    }

    private static RequestException Contended() => new(
        ProblemReason.Contended, "",
        "Too many callers changed this person at once; nothing was changed. Repeat the call.");

    /// <summary>Saves and tells the journal, or finds what is there instead.</summary>
    /// <param name="person">Who.</param>
    /// <param name="current">What is to be replaced.</param>
    /// <param name="draft">What takes its place.</param>
    /// <param name="lost">How many tries in a row were lost before this one.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the save.</param>
    private async ValueTask<(bool IsSaved, KnownPerson Current)> SaveAsync<TResult>(
        PersonKey person, KnownPerson current, Draft<TResult> draft, int lost, CancellationToken cancellation)
    {
        // What an earlier change left for the journal goes there before it is dropped from the record.
        await AppendAsync(draft.Before.Outbox, cancellation).ConfigureAwait(false);
        PersonSave save = draft.Save!;
        long asOf = known.Draw();
        SaveResult result = await records
            .TrySaveAsync(KeyOf(person), current.Record.Version, save.Bytes, save.Expires, cancellation)
            .ConfigureAwait(false);
        if (result is SaveResult.Conflict conflict)
        {
            KnownPerson shown = See(person, conflict.Current, asOf);
            return (false, await GiveWayAsync(person, shown, lost + 1, cancellation).ConfigureAwait(false));
        }

        meter.Saved(save.Bytes.Length, save.Contacts, save.Tally, save.Outbox);
        KnownPerson saved = new(
            new Record(((SaveResult.Saved)result).Version, save.Bytes), save.Outbox.Count == 0, asOf);
        Keep(person, saved);
        if (!saved.IsInJournal)
        {
            await AppendAsync(save.Outbox, cancellation).ConfigureAwait(false);
            Keep(person, saved with { IsInJournal = true });
        }

        return (true, saved);
    }

    /// <summary>What <paramref name="change"/> makes of what was seen; nothing is saved yet.</summary>
    public Draft<TResult> Make<TResult>(
        Trail trail,
        KnownPerson current,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change)
    {
        PersonRecord before = Decode(trail, current);
        if (!before.IsHere)
        {
            return new Draft<TResult>(default!, before, null, IsRepeated: false);
        }

        Instant then = upkeep.Later(now, before.LastSeen);
        Change<TResult> made = change(before with { Outbox = [] }, then);
        if (made.Record is null)
        {
            return new Draft<TResult>(made.Result, before, null, made.IsRepeated);
        }

        PersonRecord after = upkeep.Settle(Signed(made.Record, then), then, policy);
        return new Draft<TResult>(
            made.Result,
            before,
            new PersonSave(
                Encode(after),
                upkeep.ExpiryOf(after, policy),
                after.Outbox,
                after.Person.Ledger.Contacts.Length,
                meter.CountsContacts ? ContactTally.Of(before, after) : default),
            made.IsRepeated);
    }

    private PersonRecord Signed(PersonRecord record, Instant now) => actor is null
        ? record
        : record.HeardBy(actor, now) with { Outbox = [.. record.Outbox.Select(fact => fact.Sign(actor))] };

    private KnownPerson See(PersonKey person, Record stored, long asOf = 0) =>
        records.IsInProcess ? new KnownPerson(stored, IsInJournal: false, asOf) : known.See(person, stored, asOf);

    private void Keep(PersonKey person, KnownPerson saved)
    {
        if (!records.IsInProcess)
        {
            known.Keep(person, saved);
        }
    }

    private static RecordKey KeyOf(PersonKey person) => new(Kind, person.Text);

    public static PersonRecord Decode(Trail trail, KnownPerson person)
    {
        PersonRecord record = person.Record.Exists ? PersonCodec.Read(person.Record.Value) : PersonRecord.Unknown;
        return record with
        {
            Key = trail.At,
            Via = trail.Via,
            Outbox = person.IsInJournal ? [] : record.Outbox,
        };
    }

    private static byte[] Encode(PersonRecord record)
    {
        byte[] bytes = PersonCodec.Write(record);
        return bytes.Length <= IRecordStore.ValueBytesMax ? bytes : throw new RequestException(
            ProblemReason.RecordFull, "",
                $"The person's record would be larger than {IRecordStore.ValueBytesMax} bytes.");
    }

    private async ValueTask AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        if (facts.Count > 0)
        {
            await journal.AppendAsync(facts, cancellation).ConfigureAwait(false);
        }
    }
}
