using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.People;

/// <summary>Who is who, and what people may ask for.</summary>
internal sealed partial class PersonService
{
    public override async Task<LinkAddressResponse> LinkAddress(LinkAddressRequest request, ServerCallContext context)
    {
        NamedPerson named = await engine.Addresses.By(context.Actor()).LinkAsync(
            request.PersonId, request.Address, ReadTime(request.At), context.CancellationToken);

        return new LinkAddressResponse { PersonKey = named.Key.Text, Names = { named.Names.Select(NameWire.Write) } };
    }

    public override async Task<UnlinkAddressResponse> UnlinkAddress(
        UnlinkAddressRequest request, ServerCallContext context)
    {
        NamedPerson named = await engine.Addresses.By(context.Actor()).UnlinkAsync(
            request.PersonId, request.Address, ReadTime(request.At), context.CancellationToken);

        return new UnlinkAddressResponse { PersonKey = named.Key.Text, Names = { named.Names.Select(NameWire.Write) } };
    }

    public override async Task<MergePeopleResponse> MergePeople(MergePeopleRequest request, ServerCallContext context)
    {
        Merge merge = await engine.Merges.By(context.Actor()).MergeAsync(
            request.SourcePersonId, request.TargetPersonId, ReadTime(request.At), context.CancellationToken);

        return new MergePeopleResponse
        {
            MergeId = merge.Id,
            Person = PersonWire.Write(merge.Person.Person),
            PersonKey = merge.Person.Key.Text,
            Names = { merge.Person.Names.Select(NameWire.Write) },
            UndoableUntil = TimeWire.Write(merge.UndoableUntil),
        };
    }

    public override async Task<UndoMergeResponse> UndoMerge(UndoMergeRequest request, ServerCallContext context)
    {
        NamedPerson named = await engine.Merges.By(context.Actor()).UndoAsync(
            request.PersonId, ReadTime(request.At), context.CancellationToken);

        return new UndoMergeResponse
        {
            Person = PersonWire.Write(named.Person),
            PersonKey = named.Key.Text,
            Names = { named.Names.Select(NameWire.Write) },
        };
    }

    public override async Task<ExportPersonResponse> ExportPerson(
        ExportPersonRequest request, ServerCallContext context) => new()
    {
        Json = await engine.Rights.ExportAsync(request.PersonId, ReadTime(request.At), context.CancellationToken),
    };

    public override async Task<ErasePersonResponse> ErasePerson(ErasePersonRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Suppression suppression = NameWire.Read(request.Suppression, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        Erasure erasure = await engine.Rights.By(context.Actor()).EraseAsync(
            request.PersonId, suppression, at, context.CancellationToken);

        return new ErasePersonResponse { NamesErased = erasure.Names, ContactsErased = erasure.Contacts };
    }

    private static Instant? ReadTime(Timestamp? time)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(time, "at", violations);
        violations.ThrowIfAny();
        return at;
    }
}
