using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Contacts;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Pages;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.People;

/// <summary>What is known of people, and who contacted them.</summary>
internal sealed partial class PersonService(ThrottleEngine engine) : Wire.PersonService.PersonServiceBase
{
    public override async Task<GetPersonResponse> GetPerson(GetPersonRequest request, ServerCallContext context)
    {
        NamedPerson named = await engine.People.FindAsync(request.PersonId, context.CancellationToken);

        return new GetPersonResponse
        {
            Person = PersonWire.Write(named.Person),
            PersonKey = named.Key.Text,
            Names = { named.Names.Select(NameWire.Write) },
        };
    }

    public override async Task<UpdatePersonResponse> UpdatePerson(
        UpdatePersonRequest request, ServerCallContext context)
    {
        Violations violations = new();
        PersonDraft draft = PersonWire.Read(request.Person, request.UpdateMask, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        Core.People.Person person = await engine.People.By(context.Actor()).UpdateAsync(
            request.RequestId, request.Person!.PersonId, draft, at, context.CancellationToken);

        return new UpdatePersonResponse { Person = PersonWire.Write(person) };
    }

    public override async Task<PlaceHoldResponse> PlaceHold(PlaceHoldRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        HoldResult result = await engine.People.By(context.Actor()).PlaceHoldAsync(
            request.RequestId, request.PersonId, request.Hold, request.Reason, at, context.CancellationToken);

        PlaceHoldResponse response = new() { Person = PersonWire.Write(result.Person) };
        response.RevokedReservationIds.AddRange(result.Revoked.Select(static id => id.ToString()));
        return response;
    }

    public override async Task<LiftHoldResponse> LiftHold(LiftHoldRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        HoldResult result = await engine.People.By(context.Actor()).LiftHoldAsync(
            request.RequestId, request.PersonId, request.Hold, request.Reason, at, context.CancellationToken);

        return new LiftHoldResponse { Person = PersonWire.Write(result.Person) };
    }

    public override async Task<RecordEventResponse> RecordEvent(RecordEventRequest request, ServerCallContext context)
    {
        Violations violations = new();
        EventDraft draft = PersonWire.Read(request, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        await engine.People.By(context.Actor()).RecordEventAsync(
            request.RequestId, request.PersonId, draft, at, context.CancellationToken);

        return new RecordEventResponse();
    }

    public override async Task<JoinPoolResponse> JoinPool(JoinPoolRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ImmutableArray<Membership> pools = await engine.Pools.By(context.Actor()).JoinAsync(
            request.RequestId, request.PersonId, request.Kind, request.PoolId, at, context.CancellationToken);

        return new JoinPoolResponse { Pools = { pools.Select(PoolWire.Write) } };
    }

    public override async Task<LeavePoolResponse> LeavePool(LeavePoolRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ImmutableArray<Membership> pools = await engine.Pools.By(context.Actor()).LeaveAsync(
            request.RequestId, request.PersonId, request.Kind, request.PoolId, at, context.CancellationToken);

        return new LeavePoolResponse { Pools = { pools.Select(PoolWire.Write) } };
    }

    public override async Task<GetPoolResponse> GetPool(GetPoolRequest request, ServerCallContext context) => new()
    {
        Pool = PoolWire.Write(
            await engine.Pools.GetAsync(request.Kind, request.PoolId, context.CancellationToken)),
    };

    public override async Task<ListContactsResponse> ListContacts(
        ListContactsRequest request, ServerCallContext context)
    {
        Violations violations = new();
        bool oldestFirst = ReadOrder(request.Order, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ContactPage page = await engine.People.ListContactsAsync(
            request.PersonId,
            PageWire.ReadSize(request.PageSize),
            request.PageToken,
            oldestFirst,
            at,
            context.CancellationToken);

        ListContactsResponse response = new() { NextPageToken = page.Next ?? "" };
        response.Contacts.AddRange(page.Contacts.Select(ContactWire.Write));
        return response;
    }

    private static bool ReadOrder(ContactOrder order, Violations violations)
    {
        if (!Enum.IsDefined(order))
        {
            violations.Add(
                "order",
                ErrorReason.EnumOutOfRange,
                "order must be CONTACT_ORDER_NEWEST_FIRST, CONTACT_ORDER_OLDEST_FIRST or absent.");
        }

        return order is ContactOrder.OldestFirst;
    }
}
