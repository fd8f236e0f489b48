using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Runs scenarios against the decision alone, with its people in memory.</summary>
/// <param name="tally">Is told which rules came up; null: nobody wants to know.</param>
public sealed class DeciderSubject(CoverageTally? tally = null) : IScenarioSubject
{
    private static readonly Duration ReservationTime = Duration.FromDays(10_000);

    private static readonly PersonKey Someone = new(new string('0', PersonKey.Length));

    private Policy? policy;
    private ScenarioPeople? people;
    private ImmutableDictionary<string, ScenarioList> lists = ImmutableDictionary<string, ScenarioList>.Empty;
    private long contacts;

    private Person Person
    {
        get => People.Current;
        set => People.Current = value;
    }

    private ScenarioPeople People => people ?? throw new InvalidOperationException("No scenario has begun.");

    private Policy InForce => policy ?? throw new InvalidOperationException("No scenario has begun.");

    public ValueTask BeginAsync(Scenario scenario, CancellationToken cancellation)
    {
        (policy, people, contacts) = (scenario.Policy, new ScenarioPeople(scenario), 0);
        lists = scenario.Lists.ToImmutableDictionary(static list => list.Name);
        tally?.Begin(scenario);
        return ValueTask.CompletedTask;
    }

    public void TurnTo(string person) => People.TurnTo(person);

    public ValueTask<ScenarioAnswer> AskAsync(Instant at, ScenarioContact contact, CancellationToken cancellation) =>
        ValueTask.FromResult(Decide(at, contact));

    public ValueTask<ScenarioAnswer> TakeAsync(Instant at, ScenarioContact contact, CancellationToken cancellation)
    {
        ScenarioAnswer answer = Decide(at, contact);
        if (answer.IsAllowed)
        {
            Instant expires = (contact.PlannedAt ?? at) + ReservationTime;
            Remember(Attempt(at, contact), ContactState.Reserved, expires, outcome: null, []);
        }

        return ValueTask.FromResult(answer);
    }

    public ValueTask DidAsync(Instant at, ScenarioContact contact, string? outcome, CancellationToken cancellation)
    {
        Remember(Attempt(at, contact), ContactState.Made, at, outcome, contact.Discussed);
        return ValueTask.CompletedTask;
    }

    public ValueTask SayAsync(Instant at, PersonChange change, CancellationToken cancellation)
    {
        Person = change switch
        {
            PersonChange.OptOut optOut => With(new Statement(IsOptOut: true, optOut.Scope, at, Source: null)),
            PersonChange.OptIn optIn => With(new Statement(IsOptOut: false, optIn.Scope, at, Source: null)),
            PersonChange.Snooze snooze => Person with
            {
                Snoozes = Person.Snoozes.Add(new Snooze(snooze.Scope, snooze.Until)),
            },
            PersonChange.Limit limit => Person with { Limits = WithLimit(limit.Own) },
            PersonChange.Zone zone => PersonZones.Set(Person, zone.Candidates),
            PersonChange.Quiet quiet => Person with { QuietTimes = WithQuiet(quiet.Named) },
            PersonChange.Consent consent => Changed(
                record => ConsentChange.Give(record, Someone, ConsentDraftReader.Given(consent.Given, at), at)),
            PersonChange.Revoke revoke => Changed(record => ConsentChange.TakeBack(
                record, Someone, revoke.Name, revoke.Scope, null, InForce, at)),
            PersonChange.Hold hold => Changed(
                record => HoldChange.Place(record, Someone, hold.Name, null, InForce, at)),
            PersonChange.LiftHold hold => Changed(record => HoldChange.Lift(record, Someone, hold.Name, null, at)),
            PersonChange.Join join => ScenarioPeople.Joining(Person, join.Kind),
            PersonChange.Leave leave => ScenarioPeople.Leaving(Person, leave.Kind),
            PersonChange.Event one => Person.Experiencing(EventDraftReader.Happened(one.Happened, at)),
            _ => throw new UnreachableException(),
        };
        return ValueTask.CompletedTask;
    }

    public ValueTask LoadAsync(Instant at, ScenarioList list, CancellationToken cancellation)
    {
        lists = lists.SetItem(list.Name, list);
        return ValueTask.CompletedTask;
    }

    private Attempt Attempt(Instant at, ScenarioContact contact)
    {
        string address = AddressForm.Of(contact.Traits.Address ?? "");
        return contact.ToAttempt(at, AddressForm.IsPartOfPhone(address) ? default : [.. lists.Values.Select(Standing)]);

        ListStanding Standing(ScenarioList list) =>
            new(list.Name, list.AsOf, list.Holds.Any(held => AddressForm.Of(held) == address));
    }

    private ScenarioAnswer Decide(Instant at, ScenarioContact contact)
    {
        Attempt attempt = Attempt(at, contact);
        ScenarioAnswer answer = Decider.Decide(InForce, Person, attempt, at) switch
        {
            Decision.Allowed allowed => new ScenarioAnswer(
                IsAllowed: true, [.. allowed.Warnings.Concat(allowed.Shadows).Select(ToReason)], null),
            Decision.Denied denied => new ScenarioAnswer(
                IsAllowed: false,
                [.. denied.Reasons.Select(ToReason)],
                denied.NextAllowedAt),
            _ => throw new UnreachableException(),
        };
        tally?.Note(Decider.Governing(InForce, Person, attempt, at), answer);
        return answer;
    }

    private void Remember(
        Attempt attempt, ContactState state, Instant expires, string? outcome, ImmutableArray<string> discussed)
    {
        LedgerContact contact = new(
            new ContactNumber(++contacts), attempt.At, attempt.Traits, attempt.Weight, state, expires, outcome,
            OutcomeAt: attempt.At)
        {
            Discussed = Settlement.AboutOf(attempt.Traits, discussed),
        };
        Person = Person with { Ledger = Person.Ledger.Add(contact) };
    }

    private Person With(Statement statement) =>
        Changed(record => ConsentChange.Apply(record, Someone, statement, InForce, statement.At));

    private Person Changed(Func<PersonRecord, (Answer Answer, PersonRecord Record)> change) =>
        change(new PersonRecord { Person = Person }).Record.Person;

    private ImmutableArray<PersonLimit> WithLimit(PersonLimit own) => Person.Limits
        .RemoveAll(old => old.Scope == own.Scope && old.Window == own.Window)
        .Add(own);

    private ImmutableArray<PersonQuiet> WithQuiet(PersonQuiet named) =>
        Person.QuietTimes.RemoveAll(old => old.Scope == named.Scope).Add(named);

    private static ScenarioReason ToReason(Reason reason) => new(reason.Rule, reason.Code, reason.FreeAt);
}
