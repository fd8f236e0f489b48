using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using NodaTime;
using NodaTime.Text;
using CoreDirection = H2H.Throttle.Core.Contacts.Direction;
using CoreQuiet = H2H.Throttle.Core.Consent.PersonQuiet;
using CoreScope = H2H.Throttle.Core.Consent.Scope;
using WireDirection = H2H.Throttle.Wire.Direction;
using WireDuration = Google.Protobuf.WellKnownTypes.Duration;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>Runs scenarios against a server, over gRPC.</summary>
/// <param name="server">Which.</param>
/// <param name="asker">By which calls it is asked.</param>
internal sealed class WireSubject(TestServer server, IAsker asker) : IScenarioSubject
{
    private static readonly WireDuration ReservationTime = WireDuration.FromTimeSpan(TimeSpan.FromDays(7));
    private readonly WireLists lists = new(server);
    private readonly string story = Sample.NewPerson();
    private string who = Scenario.Somebody;

    private string PersonId => $"{story} {who}";

    public async ValueTask BeginAsync(Scenario scenario, CancellationToken cancellation)
    {
        await server.Policies.PublishPolicyAsync(
            new PublishPolicyRequest { Document = scenario.Document }, cancellationToken: cancellation);
        Instant at = scenario.Steps[0].At;
        foreach (string name in scenario.People)
        {
            who = name;
            Person person = new()
            {
                PersonId = PersonId,
                Zone = scenario.Person.Zone?.Id ?? "",
                Country = scenario.Person.Country ?? "",
            };
            person.Attributes.Add(scenario.Person.Attributes);
            person.Zones.Add(scenario.Person.Zones.Select(static zone => zone.Id));
            person.QuietTimes.Add(scenario.Person.QuietTimes.Select(Write));
            await UpdateAsync(person, at, cancellation);
            foreach (ScenarioPool pool in scenario.Pools.Where(pool => pool.People.Contains(name)))
            {
                await JoinAsync(pool.Kind, at, cancellation);
            }
        }

        await lists.RemoveAllAsync(cancellation);
        foreach (ScenarioList list in scenario.Lists)
        {
            await LoadAsync(at, list, cancellation);
        }
    }

    public void TurnTo(string person) => who = person;

    public async ValueTask<ScenarioAnswer> AskAsync(
        Instant at, ScenarioContact contact, CancellationToken cancellation)
    {
        CheckRequest request = new()
        {
            Contact = Write(contact),
            At = Write(at),
            OverrideReason = contact.OverrideReason ?? "",
        };
        return AnswerWire.Read(await asker.CheckAsync(request, cancellation));
    }

    public async ValueTask<ScenarioAnswer> TakeAsync(
        Instant at, ScenarioContact contact, CancellationToken cancellation)
    {
        ReserveRequest request = new()
        {
            Contact = Write(contact),
            At = Write(at),
            TimeToLive = ReservationTime,
            OverrideReason = contact.OverrideReason ?? "",
        };
        return AnswerWire.Read(await asker.ReserveAsync(request, cancellation));
    }

    public async ValueTask DidAsync(
        Instant at, ScenarioContact contact, string? outcome, CancellationToken cancellation)
    {
        RecordRequest request = new() { Contact = Write(contact), At = Write(at), Outcome = outcome ?? "" };
        request.Discussed.Add(contact.Discussed);
        await server.Throttle.RecordAsync(request, cancellationToken: cancellation);
    }

    public async ValueTask SayAsync(Instant at, PersonChange change, CancellationToken cancellation)
    {
        switch (change)
        {
            case PersonChange.OptOut no:
                OptOutRequest optOut = new() { PersonId = PersonId, Scope = Write(no.Scope), At = Write(at) };
                await server.Consent.OptOutAsync(optOut, cancellationToken: cancellation);
                break;
            case PersonChange.OptIn yes:
                OptInRequest optIn = new() { PersonId = PersonId, Scope = Write(yes.Scope), At = Write(at) };
                await server.Consent.OptInAsync(optIn, cancellationToken: cancellation);
                break;
            case PersonChange.Snooze snooze:
                SnoozeRequest quiet = new()
                {
                    PersonId = PersonId,
                    Scope = Write(snooze.Scope),
                    Until = Write(snooze.Until),
                    At = Write(at),
                };
                await server.Consent.SnoozeAsync(quiet, cancellationToken: cancellation);
                break;
            case PersonChange.Limit limit:
                await LimitAsync(limit, at, cancellation);
                break;
            case PersonChange.Zone zone:
                Person moved = new() { PersonId = PersonId };
                moved.Zones.Add(zone.Candidates.Select(static one => one.Id));
                await UpdateAsync(moved, at, cancellation);
                break;
            case PersonChange.Quiet times:
                await QuietAsync(times.Named, at, cancellation);
                break;
            default:
                await TellAsync(at, change, cancellation);
                break;
        }
    }

    private async Task TellAsync(Instant at, PersonChange change, CancellationToken cancellation)
    {
        switch (change)
        {
            case PersonChange.Consent consent:
                await server.Consent.GrantConsentAsync(Write(consent.Given, at), cancellationToken: cancellation);
                break;
            case PersonChange.Revoke revoke:
                RevokeConsentRequest revocation = new()
                {
                    PersonId = PersonId,
                    Name = revoke.Name,
                    Scope = Write(revoke.Scope),
                    At = Write(at),
                };
                await server.Consent.RevokeConsentAsync(revocation, cancellationToken: cancellation);
                break;
            case PersonChange.Hold hold:
                PlaceHoldRequest place = new() { PersonId = PersonId, Hold = hold.Name, At = Write(at) };
                await server.People.PlaceHoldAsync(place, cancellationToken: cancellation);
                break;
            case PersonChange.LiftHold hold:
                LiftHoldRequest lift = new() { PersonId = PersonId, Hold = hold.Name, At = Write(at) };
                await server.People.LiftHoldAsync(lift, cancellationToken: cancellation);
                break;
            case PersonChange.Join join:
                await JoinAsync(join.Kind, at, cancellation);
                break;
            case PersonChange.Leave leave:
                LeavePoolRequest gone = new()
                {
                    PersonId = PersonId, Kind = leave.Kind, PoolId = story, At = Write(at),
                };
                await server.People.LeavePoolAsync(gone, cancellationToken: cancellation);
                break;
            case PersonChange.Event one:
                await server.People.RecordEventAsync(Write(one.Happened, at), cancellationToken: cancellation);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task JoinAsync(string kind, Instant at, CancellationToken cancellation)
    {
        JoinPoolRequest request = new() { PersonId = PersonId, Kind = kind, PoolId = story, At = Write(at) };
        await server.People.JoinPoolAsync(request, cancellationToken: cancellation);
    }

    private GrantConsentRequest Write(ConsentDraft draft, Instant at)
    {
        GrantConsentRequest request = new()
        {
            PersonId = PersonId,
            Name = draft.Name,
            Scope = Write(draft.Scope),
            StartsAt = draft.StartsAt is { } start ? Write(start) : null,
            Until = draft.Until is { } end ? Write(end) : null,
            Proof = draft.Proof ?? "",
            At = Write(at),
        };
        request.EndsOn.Add(draft.EndsOn);
        return request;
    }

    private RecordEventRequest Write(EventDraft draft, Instant at)
    {
        RecordEventRequest request = new()
        {
            PersonId = PersonId,
            Name = draft.Name,
            Channel = draft.About.Channel ?? "",
            Purpose = draft.About.Purpose ?? "",
            Topic = draft.About.Topic ?? "",
            Brand = draft.Brand ?? "",
            At = Write(at),
        };
        request.Subjects.Add(draft.Subjects);
        return request;
    }

    public ValueTask LoadAsync(Instant at, ScenarioList list, CancellationToken cancellation) =>
        new(lists.LoadAsync(at, list, cancellation));

    private async Task LimitAsync(PersonChange.Limit limit, Instant at, CancellationToken cancellation)
    {
        PersonLimit own = new()
        {
            Cap = limit.Own.Contacts,
            Window = limit.Own.Window.ToString(),
            Channel = limit.Own.Scope.Channel ?? "",
            Purpose = limit.Own.Scope.Purpose ?? "",
            Topic = limit.Own.Scope.Topic ?? "",
            Brand = limit.Own.Scope.Brand ?? "",
        };
        GetPersonRequest request = new() { PersonId = PersonId };
        Person known = (await server.People.GetPersonAsync(request, cancellationToken: cancellation)).Person;
        Person person = new() { PersonId = PersonId };
        person.Limits.Add(known.Limits.Where(
            old => (old.Channel, old.Purpose, old.Topic, old.Brand, old.Window)
                != (own.Channel, own.Purpose, own.Topic, own.Brand, own.Window)));
        person.Limits.Add(own);
        await UpdateAsync(person, at, cancellation);
    }

    private async Task QuietAsync(CoreQuiet named, Instant at, CancellationToken cancellation)
    {
        PersonQuiet own = Write(named);
        GetPersonRequest request = new() { PersonId = PersonId };
        Person known = (await server.People.GetPersonAsync(request, cancellationToken: cancellation)).Person;
        Person person = new() { PersonId = PersonId };
        person.QuietTimes.Add(known.QuietTimes.Where(
            old => (old.Channel, old.Purpose, old.Topic, old.Brand)
                != (own.Channel, own.Purpose, own.Topic, own.Brand)));
        person.QuietTimes.Add(own);
        await UpdateAsync(person, at, cancellation);
    }

    private static PersonQuiet Write(CoreQuiet quiet) => new()
    {
        Times = quiet.Text,
        Until = quiet.Until is { } last ? LocalDatePattern.Iso.Format(last) : "",
        Channel = quiet.Scope.Channel ?? "",
        Purpose = quiet.Scope.Purpose ?? "",
        Topic = quiet.Scope.Topic ?? "",
        Brand = quiet.Scope.Brand ?? "",
    };

    private async Task UpdateAsync(Person person, Instant at, CancellationToken cancellation) =>
        await server.People.UpdatePersonAsync(
            new UpdatePersonRequest { Person = person, At = Write(at) }, cancellationToken: cancellation);

    private Contact Write(ScenarioContact contact)
    {
        ContactTraits traits = contact.Traits;
        Contact written = new()
        {
            PersonId = PersonId,
            Channel = traits.Channel,
            Purpose = traits.Purpose,
            Brand = traits.Brand ?? "",
            Campaign = traits.Campaign ?? "",
            Topic = traits.Topic ?? "",
            Sender = traits.Sender ?? "",
            Country = traits.Country ?? "",
            Address = traits.Address ?? "",
            Direction = traits.Direction is CoreDirection.In ? WireDirection.In : WireDirection.Out,
            Priority = traits.Priority,
            Weight = contact.Weight,
            PlannedAt = contact.PlannedAt is { } planned ? Write(planned) : null,
        };
        written.Subjects.Add(traits.Subjects);
        written.Labels.Add(traits.Labels);
        return written;
    }

    private static ConsentScope Write(CoreScope scope) => new()
    {
        Channel = scope.Channel ?? "",
        Purpose = scope.Purpose ?? "",
        Topic = scope.Topic ?? "",
        Brand = scope.Brand ?? "",
    };

    private static Timestamp Write(Instant at) => Timestamp.FromDateTime(at.ToDateTimeUtc());
}
