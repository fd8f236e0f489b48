using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.Contacts;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Pages;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.People;

/// <summary>What is known of people, and who contacted them.</summary>
internal sealed class PersonService(ThrottleEngine engine) : Wire.PersonService.PersonServiceBase
{
    public override async Task<GetPersonResponse> GetPerson(GetPersonRequest request, ServerCallContext context) =>
        new() { Person = PersonWire.Write(await engine.People.GetAsync(request.PersonId, context.CancellationToken)) };

    public override async Task<UpdatePersonResponse> UpdatePerson(
        UpdatePersonRequest request, ServerCallContext context)
    {
        Violations violations = new();
        PersonDraft draft = PersonWire.Read(request.Person, request.UpdateMask, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        Core.People.Person person = await engine.People.UpdateAsync(
            request.RequestId, request.Person!.PersonId, draft, at, context.CancellationToken);

        return new UpdatePersonResponse { Person = PersonWire.Write(person) };
    }

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
