using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Tests.Policies.Scenarios;

/// <summary>
/// Runs scenarios against an engine over the embedded store, which is closed and opened again on the way.
/// </summary>
internal sealed class EngineSubject : IScenarioSubject, IAsyncDisposable
{
    private const string PoolId = "the pool of the scenario";
    private const int RestartEvery = 3;

    private TrialEngine? trial;
    private int steps;
    private string who = Scenario.Somebody;

    private string PersonId => who;

    private TrialEngine Trial => trial ?? throw new InvalidOperationException("No scenario has begun.");

    public async ValueTask BeginAsync(Scenario scenario, CancellationToken cancellation)
    {
        trial = await TrialEngine.StartAsync(scenario.Document);
        trial.Clock.Now = scenario.Steps[0].At;
        Person person = scenario.Person;
        PersonDraft draft = new()
        {
            Zone = person.Zone?.Id,
            Zones = person.Zones.IsEmpty ? null : [.. person.Zones.Select(static zone => zone.Id)],
            QuietTimes = [.. person.QuietTimes.Select(Draft)],
            Country = person.Country,
            Attributes = person.Attributes,
        };
        foreach (string somebody in scenario.People)
        {
            await trial.Engine.People.UpdateAsync(null, somebody, draft, null, cancellation);
        }

        foreach (ScenarioPool pool in scenario.Pools)
        {
            foreach (string member in pool.People)
            {
                await trial.Engine.Pools.JoinAsync(null, member, pool.Kind, PoolId, null, cancellation);
            }
        }

        foreach (ScenarioList list in scenario.Lists)
        {
            await LoadAsync(scenario.Steps[0].At, list, cancellation);
        }
    }

    public void TurnTo(string person) => who = person;

    public async ValueTask<ScenarioAnswer> AskAsync(
        Instant at, ScenarioContact contact, CancellationToken cancellation)
    {
        await GoToAsync(at);
        CheckResult result = await Trial.Throttler.CheckAsync(
            Draft(contact), null, contact.OverrideReason, cancellation);
        return AnswerOf(result.Verdict.Decision);
    }

    public async ValueTask<ScenarioAnswer> TakeAsync(
        Instant at, ScenarioContact contact, CancellationToken cancellation)
    {
        await GoToAsync(at);
        ReserveResult result = await Trial.Throttler.ReserveAsync(
            null, Draft(contact), RequestBounds.TimeToLiveMax, null, contact.OverrideReason, cancellation);
        return AnswerOf(result.Verdict.Decision);
    }

    public async ValueTask DidAsync(
        Instant at, ScenarioContact contact, string? outcome, CancellationToken cancellation)
    {
        await GoToAsync(at);
        await Trial.Throttler.RecordAsync(null, Draft(contact), null, outcome, null, cancellation);
    }

    public async ValueTask SayAsync(Instant at, PersonChange change, CancellationToken cancellation)
    {
        await GoToAsync(at);
        ConsentDesk desk = Trial.Engine.Consent;
        switch (change)
        {
            case PersonChange.OptOut no:
                await desk.OptOutAsync(null, PersonId, no.Scope, null, null, cancellation);
                break;
            case PersonChange.OptIn yes:
                await desk.OptInAsync(null, PersonId, yes.Scope, null, null, cancellation);
                break;
            case PersonChange.Snooze snooze:
                await desk.SnoozeAsync(null, PersonId, snooze.Scope, snooze.Until, null, cancellation);
                break;
            case PersonChange.Limit limit:
                await LimitAsync(limit.Own, cancellation);
                break;
            case PersonChange.Zone zone:
                await UpdateAsync(
                    new PersonDraft { Zones = [.. zone.Candidates.Select(static one => one.Id)] }, cancellation);
                break;
            case PersonChange.Quiet quiet:
                await QuietAsync(quiet.Named, cancellation);
                break;
            case PersonChange.Consent consent:
                await desk.GrantAsync(null, PersonId, consent.Given, null, cancellation);
                break;
            case PersonChange.Revoke revoke:
                await desk.RevokeAsync(null, PersonId, revoke.Name, revoke.Scope, null, null, cancellation);
                break;
            case PersonChange.Hold hold:
                await Trial.Engine.People.PlaceHoldAsync(null, PersonId, hold.Name, null, null, cancellation);
                break;
            case PersonChange.LiftHold hold:
                await Trial.Engine.People.LiftHoldAsync(null, PersonId, hold.Name, null, null, cancellation);
                break;
            case PersonChange.Join join:
                await Trial.Engine.Pools.JoinAsync(null, PersonId, join.Kind, PoolId, null, cancellation);
                break;
            case PersonChange.Leave leave:
                await Trial.Engine.Pools.LeaveAsync(null, PersonId, leave.Kind, PoolId, null, cancellation);
                break;
            case PersonChange.Event one:
                await Trial.Engine.People.RecordEventAsync(null, PersonId, one.Happened, null, cancellation);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public async ValueTask LoadAsync(Instant at, ScenarioList list, CancellationToken cancellation)
    {
        await GoToAsync(at);
        ImportDraft draft = new() { List = list.Name, AsOf = list.AsOf, At = at };
        ListImport import = await Trial.Engine.Lists.ImportAsync(draft, cancellation);
        await import.AddAsync(1, list.Holds, cancellation);
        await import.FinishAsync(new ImportEnd(list.Holds.Length, AllowsEmpty: true), cancellation);
    }

    public ValueTask DisposeAsync() => trial?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task GoToAsync(Instant at)
    {
        Trial.Clock.Now = at;
        if (++steps % RestartEvery == 0)
        {
            await Trial.RestartAsync();
        }
    }

    private async Task LimitAsync(PersonLimit own, CancellationToken cancellation)
    {
        Person person = await Trial.Engine.People.GetAsync(PersonId, cancellation);
        ImmutableArray<LimitDraft> limits =
        [
            .. person.Limits
                .Where(old => old.Scope != own.Scope || old.Window != own.Window)
                .Append(own)
                .Select(static limit => new LimitDraft(limit.Scope, limit.Contacts, limit.Window.ToString())),
        ];
        await UpdateAsync(new PersonDraft { Limits = limits }, cancellation);
    }

    private async Task QuietAsync(PersonQuiet named, CancellationToken cancellation)
    {
        Person person = await Trial.Engine.People.GetAsync(PersonId, cancellation);
        ImmutableArray<QuietDraft> quiet =
            [.. person.QuietTimes.Where(old => old.Scope != named.Scope).Append(named).Select(Draft)];
        await UpdateAsync(new PersonDraft { QuietTimes = quiet }, cancellation);
    }

    private static QuietDraft Draft(PersonQuiet quiet) => new(
        quiet.Scope, quiet.Text, quiet.Until is { } last ? LocalDatePattern.Iso.Format(last) : null);

    private async Task UpdateAsync(PersonDraft draft, CancellationToken cancellation) =>
        await Trial.Engine.People.UpdateAsync(null, PersonId, draft, null, cancellation);

    private ContactDraft Draft(ScenarioContact contact)
    {
        ContactTraits traits = contact.Traits;
        return new ContactDraft
        {
            PersonId = PersonId,
            Channel = traits.Channel,
            Purpose = traits.Purpose,
            Brand = traits.Brand,
            Campaign = traits.Campaign,
            Topic = traits.Topic,
            Sender = traits.Sender,
            Country = traits.Country,
            Address = traits.Address,
            Direction = traits.Direction,
            Priority = traits.Priority,
            Subjects = traits.Subjects,
            Discussed = contact.Discussed,
            Labels = traits.Labels,
            Weight = contact.Weight,
            PlannedAt = contact.PlannedAt,
        };
    }

    private static ScenarioAnswer AnswerOf(Decision decision) => decision switch
    {
        Decision.Denied denied => new ScenarioAnswer(
            IsAllowed: false, [.. denied.Reasons.Select(ToReason)], denied.NextAllowedAt),
        _ => new ScenarioAnswer(
            IsAllowed: true, [.. decision.Warnings.Concat(decision.Shadows).Select(ToReason)], null),
    };

    private static ScenarioReason ToReason(Reason reason) => new(reason.Rule, reason.Code, reason.FreeAt);
}
