using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Keeps people's records from running backwards and from growing for ever.</summary>
internal sealed class Upkeep(ThrottleOptions options, ILogger<PersonStore> log)
{
    private static readonly Duration SkewMax = Duration.FromMinutes(5);

    /// <summary>The time of a change: never before the last one of the same person.</summary>
    public Instant Later(Instant now, Instant lastSeen)
    {
        if (lastSeen - now > SkewMax)
        {
            log.ClockBehind((long)(lastSeen - now).TotalSeconds);
        }

        return Instant.Max(now, lastSeen);
    }

    /// <summary>Forgets what no rule will ask for again.</summary>
    /// <exception cref="RequestException">
    /// More contacts were counted with a request id than can be remembered.
    /// </exception>
    public PersonRecord Settle(PersonRecord made, Instant now, Policy policy)
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
            Refusals = made.Refusals.RemoveAll(one => one.LastAt < now - Duration.FromDays(options.ContactsKeptDays)),
            Answers = Remembered(made.Answers, now),
            Aliases = made.Aliases.All(alias => ReferenceEquals(alias, alias.Settled(now)))
                ? made.Aliases
                : [.. made.Aliases.Select(alias => alias.Settled(now))],
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

    /// <remarks>Opens no more than it must: the oldest comes first, and few people have many.</remarks>
    private ImmutableArray<PackedAnswer> Remembered(ImmutableArray<PackedAnswer> answers, Instant now)
    {
        Instant forgotten = now - Duration.FromHours(options.RequestIdsKeptHours);
        ImmutableArray<PackedAnswer> recent = answers is [var oldest, ..] && oldest.Open().At < forgotten
            ? answers.RemoveAll(answer => answer.Open().At < forgotten)
            : answers;
        if (recent.Length <= Math.Min(PersonRecord.CountedAnswersMax, PersonRecord.OtherAnswersMax))
        {
            return recent;
        }

        int counted = recent.Count(static answer => answer.Open().HasCounted);
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
        return recent.RemoveAll(answer => !answer.Open().HasCounted && surplus-- > 0);
    }

    /// <summary>When nothing in the record can matter any more; null: never.</summary>
    public Instant? ExpiryOf(PersonRecord record, Policy policy)
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
}
