using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// Loads and changes the records of people: load, compute, compare-and-set, and again if somebody was quicker.
/// </summary>
internal sealed class PersonStore(
    IRecordStore records, IJournal journal, ThrottleOptions options, Readiness readiness, ILogger<PersonStore> log)
{
    public const string Kind = "person";

    private static readonly Duration SkewMax = Duration.FromMinutes(5);
    private readonly PersonLocks locks = new();
    private readonly KnownPeople known = new(options.PeopleKnownMax, options.PeopleKnownBytesMax);

    public async ValueTask<PersonRecord> LoadAsync(PersonKey person, CancellationToken cancellation)
    {
        readiness.Require();
        KnownPerson stored = await SeeAsync(person, cancellation).ConfigureAwait(false);
        return Decode(stored);
    }

    /// <summary>
    /// Changes a person's record. <paramref name="change"/> may run several times, each time with what is stored then,
    /// and is handed a time that never falls for one person. What it saves and the facts it leaves are durable when
    /// this returns.
    /// </summary>
    /// <remarks>
    /// The first time it runs on a guess, what this process last saw of the person or nothing, unless the store is so
    /// near that looking costs less. A guess that is right is proved right by the save and costs no load. What a guess
    /// leads to is not believed if it saves nothing: a denial without a request id, a repeated answer and a refusal
    /// are given only on what the store answered.
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
        using PersonLocks.Holder turn = await locks.TakeAsync(person, cancellation).ConfigureAwait(false);

        bool isGuess = !records.IsInProcess;
        KnownPerson current = isGuess
            ? known.Find(person) ?? KnownPerson.New
            : await SeeAsync(person, cancellation).ConfigureAwait(false);
        for (int tries = isGuess ? 0 : 1; tries <= options.SaveTriesMax; tries++, isGuess = false)
        {
            Draft<TResult>? draft = isGuess
                ? Guess(current, now, policy, change)
                : Make(current, now, policy, change);
            if (draft is not { Save: { } save })
            {
                KnownPerson stored = isGuess ? await SeeAsync(person, cancellation).ConfigureAwait(false) : current;
                if (draft is not null && stored.Record.Version == current.Record.Version)
                {
                    await AppendAsync(draft.IsRepeated ? draft.Before.Outbox : [], cancellation).ConfigureAwait(false);
                    return draft.Result;
                }

                current = stored;
                continue;
            }

            // What an earlier change left for the journal goes there before it is dropped from the record.
            await AppendAsync(draft.Before.Outbox, cancellation).ConfigureAwait(false);
            if (await SaveAsync(person, current, save, cancellation).ConfigureAwait(false) is not { } other)
            {
                return draft.Result;
            }

            current = other;
        }

        throw new RequestException(
            ProblemReason.Contended, "",
                "Too many callers changed this person at once; nothing was changed. Repeat the call.");
    }

    /// <summary>Saves and tells the journal. Null: it is done; otherwise what is there instead.</summary>
    private async ValueTask<KnownPerson?> SaveAsync(
        PersonKey person, KnownPerson current, PersonSave save, CancellationToken cancellation)
    {
        SaveResult result = await records
            .TrySaveAsync(KeyOf(person), current.Record.Version, save.Bytes, save.Expires, cancellation)
            .ConfigureAwait(false);
        if (result is SaveResult.Conflict conflict)
        {
            return See(person, conflict.Current);
        }

        KnownPerson saved = new(new Record(((SaveResult.Saved)result).Version, save.Bytes), save.Outbox.Count == 0);
        Keep(person, saved);
        if (!saved.IsInJournal)
        {
            await AppendAsync(save.Outbox, cancellation).ConfigureAwait(false);
            Keep(person, saved with { IsInJournal = true });
        }

        return null;
    }

    /// <summary>Null if the guess leads to a refusal, which what is stored may not lead to.</summary>
    private Draft<TResult>? Guess<TResult>(
        KnownPerson guess, Instant now, Policy policy, Func<PersonRecord, Instant, Change<TResult>> change)
    {
        try
        {
            return Make(guess, now, policy, change);
        }
        catch (RequestException)
        {
            return null;
        }
    }

    private Draft<TResult> Make<TResult>(
        KnownPerson current, Instant now, Policy policy, Func<PersonRecord, Instant, Change<TResult>> change)
    {
        PersonRecord before = Decode(current);
        Instant then = Later(now, before.LastSeen);
        Change<TResult> made = change(before with { Outbox = [] }, then);
        if (made.Record is null)
        {
            return new Draft<TResult>(made.Result, before, null, made.IsRepeated);
        }

        PersonRecord after = Settle(made.Record, then, policy);
        return new Draft<TResult>(
            made.Result, before, new PersonSave(Encode(after), ExpiryOf(after, policy), after.Outbox), made.IsRepeated);
    }

    private async ValueTask<KnownPerson> SeeAsync(PersonKey person, CancellationToken cancellation) =>
        See(person, await records.LoadAsync(KeyOf(person), cancellation).ConfigureAwait(false));

    private KnownPerson See(PersonKey person, Record stored) =>
        records.IsInProcess ? new KnownPerson(stored, IsInJournal: false) : known.See(person, stored);

    private void Keep(PersonKey person, KnownPerson saved)
    {
        if (!records.IsInProcess)
        {
            known.Keep(person, saved);
        }
    }

    private static RecordKey KeyOf(PersonKey person) => new(Kind, person.Text);

    private static PersonRecord Decode(KnownPerson person)
    {
        if (!person.Record.Exists)
        {
            return PersonRecord.Unknown;
        }

        PersonRecord record = PersonCodec.Read(person.Record.Value.Span);
        return person.IsInJournal ? record with { Outbox = [] } : record;
    }

    private static byte[] Encode(PersonRecord record)
    {
        byte[] bytes = PersonCodec.Write(record);
        return bytes.Length <= IRecordStore.ValueBytesMax ? bytes : throw new RequestException(
            ProblemReason.RecordFull, "",
                $"The person's record would be larger than {IRecordStore.ValueBytesMax} bytes.");
    }

    private Instant Later(Instant now, Instant lastSeen)
    {
        if (lastSeen - now > SkewMax)
        {
            log.ClockBehind((long)(lastSeen - now).TotalSeconds);
        }

        return Instant.Max(now, lastSeen);
    }

    /// <summary>Forgets what no rule will ask for again.</summary>
    private PersonRecord Settle(PersonRecord made, Instant now, Policy policy)
    {
        Person person = made.Person;
        if (KeptFor(policy, person) is { } kept
            && person.Ledger.Since(now - kept) is { } recent
            && !ReferenceEquals(recent, person.Ledger))
        {
            person = person.Forgetting(recent);
        }

        return made with
        {
            LastSeen = now,
            Answers = Remembered(made.Answers, now),
            Person = person with { Snoozes = person.Snoozes.RemoveAll(snooze => snooze.Until <= now) },
        };
    }

    /// <summary>
    /// How long contacts are kept: as far back as any rule or limit of the person's own looks; null: for good.
    /// </summary>
    private Duration? KeptFor(Policy policy, Person person)
    {
        Duration kept = Duration.FromDays(options.ContactsKeptDays);
        foreach (Duration? reach in person.Limits.Select(static limit => limit.Window.Reach).Prepend(policy.Reach))
        {
            if (reach is not { } needed)
            {
                return null;
            }

            kept = Duration.Max(kept, needed);
        }

        return kept;
    }

    /// <exception cref="RequestException">
    /// More contacts were counted with a request id than can be remembered.
    /// </exception>
    private ImmutableArray<KeptAnswer> Remembered(ImmutableArray<KeptAnswer> answers, Instant now)
    {
        Instant forgotten = now - Duration.FromHours(options.RequestIdsKeptHours);
        ImmutableArray<KeptAnswer> recent = answers.RemoveAll(answer => answer.At < forgotten);
        int counted = recent.Count(static answer => answer.HasCounted);
        if (counted > PersonRecord.CountedAnswersMax)
        {
            throw new RequestException(
                ProblemReason.RecordFull,
                "request_id",
                $"The person has {PersonRecord.CountedAnswersMax} contacts of the last {options.RequestIdsKeptHours} "
                + "hours whose request ids are remembered. Leave request_id out if it has to be stored all the same.");
        }

        int surplus = recent.Length - counted - PersonRecord.OtherAnswersMax;
        if (surplus <= 0)
        {
            return recent;
        }

        log.AnswersDropped(surplus);
        return recent.RemoveAll(answer => !answer.HasCounted && surplus-- > 0);
    }

    private Instant? ExpiryOf(PersonRecord record, Policy policy)
    {
        // Whoever plays history back lives far from the clock by which the store would forget it at once.
        if (options.TrustRequestTime || record.IsLasting || KeptFor(policy, record.Person) is not { } kept)
        {
            return null;
        }

        Instant last = record.LastSeen;
        foreach (LedgerContact contact in record.Person.Ledger.Contacts)
        {
            last = Instant.Max(last, Instant.Max(contact.At, contact.Expires));
        }

        return last + kept;
    }

    private async ValueTask AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        if (facts.Count > 0)
        {
            await journal.AppendAsync(facts, cancellation).ConfigureAwait(false);
        }
    }
}
