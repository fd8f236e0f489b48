using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>
/// What two records are once a join is undone. A pure function of the joined one and of what was kept.
/// </summary>
/// <remarks>
/// The source gets back all that it had, its contacts as they stand now. What came after the join stays with the
/// target, whichever name it came by: contacts, events, holds, consents, limits. Opt-outs and snoozes that came after
/// it hold for both, since nobody knows which of the two said them; and what the source had consented to before does
/// not come back if anything it is about was revoked since.
/// </remarks>
internal static class Parting
{
    /// <param name="joined">The target.</param>
    /// <param name="alias">The source, as the target knows it.</param>
    /// <param name="kept">The source as it was when it was closed.</param>
    /// <param name="now">The time of the call.</param>
    public static (PersonRecord Target, PersonRecord Source) Of(
        PersonRecord joined, Alias alias, PersonRecord kept, Instant now)
    {
        Person gained = Contents.Read(joined.Key, alias.Gained).Person;
        Person lost = Contents.Read(joined.Key, alias.Lost).Person;
        now = Instant.Max(now, joined.LastSeen);
        ImmutableArray<LedgerContact> back = ContactsOf(joined, alias, kept);
        PersonRecord source = kept with
        {
            LastSeen = now,
            LastNumber = new ContactNumber(Math.Max(joined.LastNumber.Value, kept.LastNumber.Value)),
            Person = PersonOf(joined.Person, gained, kept.Person, alias.At) with
            {
                Ledger = Ledger.Of(back, kept.Person.Ledger.Events),
            },
            Answers = AnswersOf(joined, kept),
            Aliases = [.. kept.Aliases.Where(own => joined.AliasOf(own.Key) is not null)],
        };
        Alias leaving = alias with
        {
            State = AliasState.Leaving,
            Gained = default,
            Lost = default,
            Parting = Contents.Write(source),
        };
        PersonRecord target = joined with
        {
            LastSeen = now,
            Person = WithoutRevoked(Difference.Undo(joined.Person, gained, lost), lost, joined, alias.At) with
            {
                Ledger = LedgerOf(joined, alias, kept),
            },
            Answers = joined.Answers.RemoveAll(packed => IsOf(packed.Open(), joined, kept)),
            History = joined.History.RemoveRange(kept.History),
            Aliases = [.. joined.Aliases.Replace(alias, leaving).Where(one => one.Through != alias.Key)],
        };
        return (target, source);
    }

    /// <summary>The contacts that the source had, as far as they are known yet, as they stand now.</summary>
    private static ImmutableArray<LedgerContact> ContactsOf(PersonRecord joined, Alias alias, PersonRecord kept) =>
    [
        .. kept.Person.Ledger.Contacts
            .Select(then => joined.Person.Ledger.Find(alias.NumberOf(then.Number)) is { } contact
                ? contact with { Number = then.Number }
                : (LedgerContact?)null)
            .OfType<LedgerContact>(),
    ];

    private static Ledger LedgerOf(PersonRecord joined, Alias alias, PersonRecord kept)
    {
        HashSet<ContactNumber> gone =
            [.. kept.Person.Ledger.Contacts.Select(contact => alias.NumberOf(contact.Number))];
        List<LedgerEvent> events = [.. joined.Person.Ledger.Events];
        foreach (LedgerEvent happened in kept.Person.Ledger.Events)
        {
            events.Remove(happened);
        }

        return Ledger.Of(joined.Person.Ledger.Contacts.Where(contact => !gone.Contains(contact.Number)), events);
    }

    private static Person PersonOf(Person joined, Person gained, Person kept, Instant since) => kept with
    {
        Statements = Statements.Of(kept.Statements.Items
            .Union(joined.Statements.Items.Where(said => said.IsOptOut && said.At >= since
                && !gained.Statements.Items.Contains(said)))
            .OrderBy(static said => said.At)
            .TakeLast(Statements.StatementsMax)),
        Snoozes = [.. kept.Snoozes.Union(joined.Snoozes).Take(Snooze.SnoozesMax)],
        Consents = [.. kept.Consents.Where(given => !IsRevoked(given, joined.Ledger, since))],
    };

    private static Person WithoutRevoked(Person target, Person lost, PersonRecord joined, Instant since) => target with
    {
        Consents =
        [
            .. target.Consents.Where(given => !lost.Consents.Contains(given, SameConsent.Comparer)
                || !IsRevoked(given, joined.Person.Ledger, since)),
        ],
    };

    private static bool IsRevoked(GivenConsent given, Ledger ledger, Instant since) => ledger.Events.Any(happened =>
        happened.Name == LedgerEvent.ConsentRevoked && happened.At >= since && given.Scope.Concerns(happened.Traits));

    /// <summary>The answers to whoever asked by the source's names, before and after it was joined.</summary>
    private static ImmutableArray<PackedAnswer> AnswersOf(PersonRecord joined, PersonRecord kept) =>
    [
        .. joined.Answers.Select(static packed => packed.Open()).Where(answer => IsOf(answer, joined, kept))
            .Select(answer => new PackedAnswer(answer with
            {
                Via = answer.Via == kept.Key ? null : answer.Via,
                NumberedBy = answer.NumberedBy is not { } numbers ? joined.Key
                    : numbers == kept.Key ? null : numbers,
            })),
    ];

    private static bool IsOf(KeptAnswer answer, PersonRecord joined, PersonRecord kept) => answer.Via is { } via
        && (via == kept.Key || joined.AliasOf(via)?.Through == kept.Key);
}
