using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.People;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What a person's record is once it has taken in another's. A pure function of the two.</summary>
/// <remarks>
/// Every contact of both counts once. Of what was said, the union that protects more is kept:
/// <see cref="UnionOfPeople"/>. Reservations that the other's opt-outs stop are revoked.
/// </remarks>
internal static class Joining
{
    /// <param name="target">Expects the source.</param>
    /// <param name="source">As it was when it was closed.</param>
    /// <param name="moved">Which join it is.</param>
    /// <param name="policy">In force.</param>
    /// <param name="log">Told what there is no room for.</param>
    public static PersonRecord Of(
        PersonRecord target, PersonRecord source, Moved moved, Policy policy, ILogger<PersonStore> log)
    {
        Instant now = Instant.Max(moved.At, Instant.Max(target.LastSeen, source.LastSeen));
        (ImmutableSortedDictionary<long, long> numbers, ContactNumber last) = Renumber(target, source);
        ImmutableArray<LedgerContact> contacts =
            [.. source.Person.Ledger.Contacts.Select(contact => contact with { Number = NumberOf(contact, numbers) })];
        Ledger ledger = LedgerOf(target, source, contacts, log);
        Person union = UnionOfPeople.Of(target.Person, source.Person) with { Ledger = ledger };
        ImmutableArray<LedgerContact> stopped =
            [.. ledger.Contacts.Where(contact => IsStopped(contact, union, policy, now))];

        PersonRecord joined = target with
        {
            LastSeen = now,
            LastNumber = last,
            Person = union with { Ledger = StoppedReservations.Revoke(ledger, stopped) },
            Answers = AnswersOf(target, source, log),
            History = Told.Join(target.History, source.History),
            HistoryForgotten = target.HistoryForgotten + source.HistoryForgotten
                + Math.Max(0, target.History.Length + source.History.Length - HistoryEntry.EntriesMax),
            Refusals = Told.Join(target.Refusals, source.Refusals),
            Outbox =
            [
                .. MergeFacts.OfMerge(MergeFacts.Merged, PendingChange.Of(source.Key, moved), moved.At),
                .. stopped.Select(contact => ConsentFacts.Revoked(target.Key, contact, now)),
            ],
        };
        Alias coming = target.AliasOf(source.Key)!;
        Alias alias = coming with
        {
            State = AliasState.Joined,
            Numbers = numbers,
            Gained = Contents.Write(new PersonRecord { Person = Difference.Of(union, target.Person) }),
            Lost = Contents.Write(new PersonRecord { Person = Difference.Of(target.Person, union) }),
        };
        return joined with { Aliases = target.Aliases.Replace(coming, alias).AddRange(Inherited(source, numbers)) };
    }

    /// <summary>Finds a new number for every contact of the source whose number the target's have too.</summary>
    private static (ImmutableSortedDictionary<long, long> Numbers, ContactNumber Last) Renumber(
        PersonRecord target, PersonRecord source)
    {
        HashSet<long> taken = [.. target.Person.Ledger.Contacts.Select(static contact => contact.Number.Value)];
        ImmutableSortedDictionary<long, long>.Builder numbers =
            ImmutableSortedDictionary.CreateBuilder<long, long>();
        long last = Math.Max(target.LastNumber.Value, source.LastNumber.Value);
        foreach (LedgerContact contact in source.Person.Ledger.Contacts)
        {
            if (taken.Contains(contact.Number.Value))
            {
                numbers.Add(contact.Number.Value, ++last);
            }
        }

        return (numbers.ToImmutable(), new ContactNumber(last));
    }

    private static ContactNumber NumberOf(LedgerContact contact, ImmutableSortedDictionary<long, long> numbers) =>
        numbers.TryGetValue(contact.Number.Value, out long other) ? new ContactNumber(other) : contact.Number;

    private static Ledger LedgerOf(
        PersonRecord target, PersonRecord source, ImmutableArray<LedgerContact> contacts, ILogger<PersonStore> log)
    {
        LedgerContact[] all =
            [.. target.Person.Ledger.Contacts.Concat(contacts).OrderBy(static contact => contact.At)];
        LedgerEvent[] events =
            [.. target.Person.Ledger.Events.Concat(source.Person.Ledger.Events).OrderBy(static one => one.At)];
        if (all.Length > Ledger.ContactsMax || events.Length > Ledger.EventsMax)
        {
            log.JoinedTooMuch(
                Math.Max(0, all.Length - Ledger.ContactsMax), Math.Max(0, events.Length - Ledger.EventsMax));
        }

        return Ledger.Of(all.TakeLast(Ledger.ContactsMax), events.TakeLast(Ledger.EventsMax));
    }

    /// <summary>The answers of both; those of the source stay answers to whoever asks by its name.</summary>
    private static ImmutableArray<PackedAnswer> AnswersOf(
        PersonRecord target, PersonRecord source, ILogger<PersonStore> log)
    {
        IEnumerable<KeptAnswer> came = source.Answers.Select(static packed => packed.Open())
            .Select(answer => answer with
            {
                Via = answer.Via ?? source.Key,
                NumberedBy = answer.NumberedBy ?? source.Key,
            });
        ImmutableArray<KeptAnswer> all =
        [
            .. target.Answers.Select(static packed => packed.Open()).Concat(came)
                .OrderBy(static answer => answer.At),
        ];
        int surplus = all.Count(static answer => answer.HasCounted) - PersonRecord.CountedAnswersMax;
        if (surplus > 0)
        {
            log.JoinedTooManyAnswers(surplus);
        }

        return
        [
            .. all.Where(answer => !answer.HasCounted || surplus-- <= 0)
                .Select(static answer => new PackedAnswer(answer)),
        ];
    }

    /// <summary>The names of the source, which lead here through it.</summary>
    private static IEnumerable<Alias> Inherited(PersonRecord source, ImmutableSortedDictionary<long, long> numbers) =>
        source.Aliases.Where(static alias => alias.IsAnsweredHere).Select(alias => alias with
        {
            Through = source.Key,
            Numbers = alias.Numbers.ToImmutableSortedDictionary(
                static pair => pair.Key,
                pair => numbers.GetValueOrDefault(pair.Value, pair.Value))
                .AddRange(numbers.Where(pair => !alias.Numbers.ContainsKey(pair.Key))),
            Gained = default,
            Lost = default,
        });

    private static bool IsStopped(in LedgerContact contact, Person person, Policy policy, Instant now) =>
        contact.State is ContactState.Reserved
        && now < contact.Expires
        && policy.StopsOnOptOut(contact.Traits.Purpose)
        && person.Statements.OptOutFor(contact.Traits) is not null;
}
