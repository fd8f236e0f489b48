using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What it does that a person said something.</summary>
internal static class ConsentChange
{
    /// <summary>Keeps the statement and, if it is a no, revokes the reservations that it is about.</summary>
    /// <exception cref="RequestException">The person has said too much.</exception>
    public static (Answer Answer, PersonRecord Record) Apply(
        PersonRecord record, PersonKey person, Statement statement, Policy policy, Instant now)
    {
        Person before = record.Person;
        if (!before.Statements.HasRoomFor(statement))
        {
            throw new RequestException(
                ProblemReason.RecordFull,
                "scope",
                $"The person has said {Statements.StatementsMax} different things; say it about everything instead.");
        }

        Statements statements = before.Statements.With(statement);
        ImmutableArray<LedgerContact> revoked = statement.IsOptOut
            ? [.. before.Ledger.Contacts.Where(contact => IsStopped(contact, statement.Scope, policy, now))]
            : [];
        ImmutableArray<JournalFact> facts =
        [
            ConsentFacts.Said(person, statement),
            .. revoked.Select(contact => ConsentFacts.Revoked(person, contact, now)),
        ];
        Answer answer = new(now)
        {
            Revoked = [.. revoked.Select(static contact => contact.Number)],
            Lifted = statement.IsOptOut ? 0
                : before.Statements.InForce.Count(old => statement.Scope.Contains(old.Scope)),
        };
        Person after = before with
        {
            Statements = statements,
            Ledger = StoppedReservations.Revoke(before.Ledger, revoked),
        };
        string said = statement.IsOptOut ? LedgerEvent.OptOut : LedgerEvent.OptIn;
        HistoryEntry entry = new(
            statement.IsOptOut ? HistoryKind.OptOut : HistoryKind.OptIn, statement.Scope, now)
        {
            Source = statement.Source,
        };
        return (answer, record.Hearing(entry) with
        {
            Person = after.Experiencing(new LedgerEvent(said, now, statement.Scope.ToEventTraits())),
            Outbox = facts,
        });
    }

    /// <summary>Keeps a snooze in the place of one of the same scope, or ends those within it.</summary>
    /// <param name="record">Of the person.</param>
    /// <param name="person">Who.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="until">Null: it ends now.</param>
    /// <param name="source">Where it was said; null: not told.</param>
    /// <param name="now">When it is said.</param>
    /// <exception cref="RequestException">The person has too many.</exception>
    public static (Answer Answer, PersonRecord Record) Snooze(
        PersonRecord record, PersonKey person, Scope scope, Instant? until, string? source, Instant now)
    {
        ImmutableArray<Snooze> others = record.Person.Snoozes.RemoveAll(
            snooze => snooze.Until <= now
                || (until is null ? scope.Contains(snooze.Scope) : snooze.Scope == scope));
        if (until is not null && others.Length >= Core.Consent.Snooze.SnoozesMax)
        {
            throw new RequestException(
                ProblemReason.RecordFull, "scope", "The person has too many snoozes; snooze everything instead.");
        }

        HistoryEntry entry = new(until is null ? HistoryKind.Wake : HistoryKind.Snooze, scope, now)
        {
            Until = until, Source = source,
        };
        return (new Answer(now), record.Hearing(entry) with
        {
            Person = record.Person with
            {
                Snoozes = until is { } end ? others.Add(new Snooze(scope, end)) : others,
            },
            Outbox = [ConsentFacts.Snoozed(person, scope, until, now)],
        });
    }

    /// <summary>Keeps a consent.</summary>
    /// <exception cref="RequestException">The person has too many.</exception>
    public static (Answer Answer, PersonRecord Record) Give(
        PersonRecord record, PersonKey person, GivenConsent given, Instant now)
    {
        Person agreed = WithinRoom(
            () => record.Person.Agreeing(given),
            $"The person has {GivenConsent.ConsentsMax} consents that have not ended; revoke one first.");
        HistoryEntry entry = new(HistoryKind.ConsentGiven, given.Scope, now)
        {
            Consent = given.Name, Until = given.Until, Source = given.Source,
        };
        return (new Answer(now), record.Hearing(entry) with
        {
            Person = agreed.Experiencing(new LedgerEvent(LedgerEvent.ConsentGiven, now, given.Scope.ToEventTraits())),
            Outbox = [ConsentFacts.Given(person, given, now)],
        });
    }

    /// <summary>Ends consents and revokes the reservations that were allowed thanks to them alone.</summary>
    /// <exception cref="RequestException">Too many parts of a consent are taken back.</exception>
    public static (Answer Answer, PersonRecord Record) TakeBack(
        PersonRecord record, PersonKey person, string consent, Scope scope, string? source, Policy policy, Instant now)
    {
        Person without = WithinRoom(
            () => record.Person.TakingBack(consent, scope, now),
            $"{GivenConsent.ExceptMax} parts of this consent are revoked; revoke all of it instead.");
        ImmutableArray<LedgerContact> stopped = StoppedReservations.Of(record.Person, without, policy, now);
        Person after = without with { Ledger = StoppedReservations.Revoke(without.Ledger, stopped) };
        Answer answer = new(now) { Revoked = [.. stopped.Select(static contact => contact.Number)] };
        HistoryEntry entry = new(HistoryKind.ConsentRevoked, scope, now)
        {
            Consent = consent, Source = string.IsNullOrEmpty(source) ? null : source,
        };
        return (answer, record.Hearing(entry) with
        {
            Person = after.Experiencing(new LedgerEvent(LedgerEvent.ConsentRevoked, now, scope.ToEventTraits())),
            Outbox =
            [
                ConsentFacts.TakenBack(person, consent, scope, source, now),
                .. stopped.Select(contact => ConsentFacts.Revoked(person, contact, now)),
            ],
        });
    }

    private static Person WithinRoom(Func<Person> change, string message)
    {
        try
        {
            return change();
        }
        catch (InvalidOperationException)
        {
            throw new RequestException(ProblemReason.RecordFull, "scope", message);
        }
    }

    private static bool IsStopped(in LedgerContact contact, Scope scope, Policy policy, Instant now) =>
        contact.State is ContactState.Reserved
        && now < contact.Expires
        && scope.Covers(contact.Traits)
        && policy.StopsOnOptOut(contact.Traits.Purpose);
}
