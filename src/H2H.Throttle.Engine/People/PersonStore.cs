using System.Collections.Immutable;
using System.Diagnostics;
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
    IRecordStore records, IJournal journal, ThrottleOptions options, ILogger<PersonStore> log)
{
    public const string Kind = "person";

    private static readonly Duration SkewMax = Duration.FromMinutes(5);
    private readonly PersonLocks locks = new();

    public async ValueTask<PersonRecord> LoadAsync(PersonKey person, CancellationToken cancellation)
    {
        Record record = await records.LoadAsync(KeyOf(person), cancellation).ConfigureAwait(false);
        return Decode(record);
    }

    /// <summary>
    /// Changes a person's record. <paramref name="change"/> may run several times, each time with what is stored then,
    /// and is handed a time that never falls for one person. What it saves and the facts it leaves are durable when
    /// this returns.
    /// </summary>
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
        using PersonLocks.Holder turn = await locks.TakeAsync(person, cancellation).ConfigureAwait(false);

        RecordKey key = KeyOf(person);
        Record current = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
        for (int tries = 1; tries <= options.SaveTriesMax; tries++)
        {
            PersonRecord before = Decode(current);
            Instant then = Later(now, before.LastSeen);
            Change<TResult> made = change(before with { Outbox = [] }, then);
            if (made.Record is null)
            {
                return made.Result;
            }

            // What an earlier change left for the journal goes there before it is dropped from the record.
            await AppendAsync(before.Outbox, cancellation).ConfigureAwait(false);
            PersonRecord after = Settle(made.Record, then, policy);
            SaveResult saved = await records
                .TrySaveAsync(key, current.Version, Encode(after), ExpiryOf(after, policy), cancellation)
                .ConfigureAwait(false);
            switch (saved)
            {
                case SaveResult.Saved:
                    await AppendAsync(after.Outbox, cancellation).ConfigureAwait(false);
                    return made.Result;
                case SaveResult.Conflict conflict:
                    current = conflict.Current;
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        throw new RequestException(
            ProblemReason.Contended, "",
                "Too many callers changed this person at once; nothing was changed. Repeat the call.");
    }

    private static RecordKey KeyOf(PersonKey person) => new(Kind, person.Text);

    private static PersonRecord Decode(Record record) =>
        record.Version == RecordVersion.Absent ? PersonRecord.Unknown : PersonCodec.Read(record.Value.Span);

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
        Ledger ledger = made.Person.Ledger;
        if (KeptFor(policy, made.Person) is { } kept)
        {
            ledger = ledger.Since(now - kept);
        }

        return made with
        {
            LastSeen = now,
            Answers = Remembered(made.Answers, now),
            Person = made.Person with
            {
                Ledger = ledger,
                Snoozes = made.Person.Snoozes.RemoveAll(snooze => snooze.Until <= now),
            },
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
