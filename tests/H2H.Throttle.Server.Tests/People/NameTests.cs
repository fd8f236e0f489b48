using System.Text.Json;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.People;

public sealed class NameTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string ann = NewPerson();
    private readonly string bob = NewPerson();
    private readonly string mail = $"email:{Guid.NewGuid():N}@example.org";

    [Fact]
    public async Task A_linked_address_finds_the_person_and_their_key_tells_so()
    {
        LinkAddressResponse linked = await server.People.LinkAddressAsync(
            new() { PersonId = ann, Address = mail, At = At(9) }, TestServer.Call);
        ReserveResponse reserved = await server.Throttle.ReserveAsync(Reserve(mail, At(10)), TestServer.Call);
        GetPersonResponse known = await server.People.GetPersonAsync(new() { PersonId = mail }, TestServer.Call);
        ListContactsResponse contacts = await server.People.ListContactsAsync(
            new() { PersonId = ann }, TestServer.Call);
        UnlinkAddressResponse unlinked = await server.People.UnlinkAddressAsync(
            new() { PersonId = ann, Address = mail, At = At(11) }, TestServer.Call);

        PersonName name = Assert.Single(linked.Names);
        Assert.Equal((PersonNameKind.Email, At(9), false), (name.Kind, name.Since, name.Merged));
        Assert.Equal(linked.PersonKey, known.PersonKey);
        Assert.StartsWith(known.PersonKey, reserved.Reservation.ReservationId, StringComparison.Ordinal);
        Assert.Equal(reserved.Reservation.ReservationId, Assert.Single(contacts.Contacts).ContactId);
        Assert.Empty(unlinked.Names);
    }

    [Fact]
    public async Task A_contact_that_names_nobody_is_about_whose_address_it_goes_to()
    {
        ReserveRequest request = Reserve("", At(9));
        request.Contact.Address = mail["email:".Length..];
        ReserveResponse reserved = await server.Throttle.ReserveAsync(request, TestServer.Call);
        GetPersonResponse known = await server.People.GetPersonAsync(new() { PersonId = mail }, TestServer.Call);
        request.Contact.Address = "0212345678";

        Refusal refused = await Refusal.OfAsync(server.Throttle.ReserveAsync(request, TestServer.Call));

        Assert.StartsWith(known.PersonKey, reserved.Reservation.ReservationId, StringComparison.Ordinal);
        Assert.Equal(["contact.address ADDRESS_MALFORMED"], refused.Violations);
    }

    [Fact]
    public async Task People_are_joined_and_parted_and_told_why_not()
    {
        ReserveResponse reserved = await server.Throttle.ReserveAsync(Reserve(ann, At(9)), TestServer.Call);
        MergePeopleResponse merged = await server.People.MergePeopleAsync(
            new() { SourcePersonId = ann, TargetPersonId = bob, At = At(10) }, TestServer.Call);
        ConfirmResponse confirmed = await server.Throttle.ConfirmAsync(
            new() { ReservationId = reserved.Reservation.ReservationId, At = At(10) }, TestServer.Call);
        Refusal circle = await Refusal.OfAsync(server.People.MergePeopleAsync(
            new() { SourcePersonId = bob, TargetPersonId = ann, At = At(10) }, TestServer.Call));
        Refusal linked = await Refusal.OfAsync(server.People.UndoMergeAsync(
            new() { PersonId = bob, At = At(10) }, TestServer.Call));
        UndoMergeResponse parted = await server.People.UndoMergeAsync(
            new() { PersonId = ann, At = At(11) }, TestServer.Call);

        Assert.Equal(At(10 + (24 * 30)), merged.UndoableUntil);
        Assert.True(Assert.Single(merged.Names).Merged);
        Assert.Equal(ContactState.Confirmed, confirmed.Contact.State);
        Assert.Equal("PEOPLE_ALREADY_ONE", circle.Reason);
        Assert.Equal("MERGE_UNKNOWN", linked.Reason);
        Assert.NotEqual(merged.PersonKey, parted.PersonKey);
    }

    [Fact]
    public async Task An_export_tells_what_was_said_when_where_by_whom_and_through_what()
    {
        await server.Consent.OptOutAsync(
            new() { PersonId = ann, Scope = new() { Channel = "email" }, Source = "hotline", At = At(9) },
            TestServer.Call);

        ExportPersonResponse export = await server.People.ExportPersonAsync(
            new() { PersonId = ann, At = At(10) }, TestServer.Call);

        JsonElement said = JsonDocument.Parse(export.Json).RootElement.GetProperty("said")[0];
        Assert.Equal(
            ["channel email", "opt_out", At(9).ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ssZ"), "hotline", "local",
                "OptOut"],
            new[] { "about", "said", "at", "source", "by", "through" }
                .Select(name => said.GetProperty(name).GetString()));
    }

    [Fact]
    public async Task Whoever_is_erased_is_gone_and_stays_opted_out()
    {
        await server.Throttle.ReserveAsync(Reserve(ann, At(9)), TestServer.Call);
        ExportPersonResponse export = await server.People.ExportPersonAsync(
            new() { PersonId = ann, At = At(10) }, TestServer.Call);
        ErasePersonResponse erased = await server.People.ErasePersonAsync(
            new() { PersonId = ann, At = At(10) }, TestServer.Call);
        ReserveResponse after = await server.Throttle.ReserveAsync(Reserve(ann, At(48)), TestServer.Call);
        Refusal unknown = await Refusal.OfAsync(server.People.ErasePersonAsync(
            new() { PersonId = ann, Suppression = (ErasureSuppression)9 }, TestServer.Call));

        Assert.Equal(1, JsonDocument.Parse(export.Json).RootElement.GetProperty("contacts").GetArrayLength());
        Assert.Equal(1, erased.ContactsErased);
        Assert.Equal(ReasonCode.OptedOut, after.Decision.Reasons[0].Code);
        Assert.Equal(["suppression ENUM_OUT_OF_RANGE"], unknown.Violations);
    }
}
