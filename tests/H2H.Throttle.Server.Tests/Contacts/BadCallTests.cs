using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

/// <summary>
/// A call that makes no sense is refused with its own reason and field, names nobody, and changes nothing.
/// </summary>
public sealed class BadCallTests : IClassFixture<ClockServer>
{
    private readonly ClockServer server;
    private readonly string person = NewPerson();
    private readonly Witness witness;

    public BadCallTests(ClockServer server) => (this.server, witness) = (server, new Witness(server, person));

    [Theory]
    [InlineData(-3650)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(3650)]
    public async Task A_time_far_from_the_clock_is_refused(int days)
    {
        await witness.RefusedAsync(
            () => server.Throttle.CheckAsync(new() { Contact = Contact(person), At = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "at");
        await witness.RefusedAsync(
            () => server.Throttle.ReserveAsync(Reserve(person, FromNow(days)), TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "at");
        await witness.RefusedAsync(
            () => server.Consent.OptOutAsync(new() { PersonId = person, At = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "at");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData(7 * 86_400 + 1)]
    [InlineData(365 * 86_400)]
    [InlineData(long.MaxValue)]
    public Task A_time_to_live_of_nothing_or_a_year_is_refused(long seconds) => witness.RefusedAsync(
        () => server.Throttle.ReserveAsync(
            new() { Contact = Contact(person), TimeToLive = new Duration { Seconds = seconds } }, TestServer.Call),
        "TIME_TO_LIVE_OUT_OF_RANGE",
        "time_to_live");

    [Fact]
    public async Task A_contact_that_comes_in_cannot_be_reserved_nor_a_recorded_one_planned()
    {
        Contact incoming = Contact(person);
        incoming.Direction = Direction.In;
        Contact planned = Contact(person);
        planned.PlannedAt = FromNow(1);

        await witness.RefusedAsync(
            () => server.Throttle.ReserveAsync(new() { Contact = incoming }, TestServer.Call),
            "FIELD_NOT_ALLOWED",
            "contact.direction");
        await witness.RefusedAsync(
            () => server.Throttle.RecordAsync(new() { Contact = planned }, TestServer.Call),
            "FIELD_NOT_ALLOWED",
            "contact.planned_at");
        await witness.RefusedAsync(
            () => server.Throttle.FindSlotsAsync(new() { Contact = planned }, TestServer.Call),
            "FIELD_NOT_ALLOWED",
            "contact.planned_at");
    }

    [Theory]
    [InlineData(-401)]
    [InlineData(1)]
    public async Task A_contact_made_in_the_future_or_long_ago_is_refused(int days)
    {
        await witness.RefusedAsync(
            () => server.Throttle.RecordAsync(
                new() { Contact = Contact(person), MadeAt = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "made_at");
        string id = await ReserveAsync();
        await witness.RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id, MadeAt = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "made_at");
    }

    [Fact]
    public async Task An_outcome_that_nobody_declared_is_refused()
    {
        string id = await ReserveAsync();

        await witness.RefusedAsync(
            () => server.Throttle.RecordAsync(new() { Contact = Contact(person), Outcome = "liked" }, TestServer.Call),
            "OUTCOME_UNKNOWN",
            "outcome");
        await witness.RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id, Outcome = "liked" }, TestServer.Call),
            "OUTCOME_UNKNOWN",
            "outcome");
        await witness.RefusedAsync(
            () => server.Throttle.ReportOutcomeAsync(
                new() { ContactId = id, Outcome = new Outcome { Name = "liked" } }, TestServer.Call),
            "OUTCOME_UNKNOWN",
            "outcome.name");
        await witness.RefusedAsync(
            () => server.Throttle.ReportOutcomeAsync(new() { ContactId = id }, TestServer.Call),
            "FIELD_MISSING",
            "outcome.name");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAzz")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA!1")]
    public async Task An_unknown_reservation_is_not_found(string id)
    {
        await witness.RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.NotFound,
            "RESERVATION_UNKNOWN",
            "reservation_id");
        await witness.RefusedAsync(
            () => server.Throttle.ReleaseAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.NotFound,
            "RESERVATION_UNKNOWN",
            "reservation_id");
        await witness.RefusedAsync(
            () => server.Throttle.ReportOutcomeAsync(
                new() { ContactId = id, Outcome = new Outcome { Name = "delivered" } }, TestServer.Call),
            StatusCode.NotFound,
            "CONTACT_UNKNOWN",
            "contact_id");
    }

    [Fact]
    public Task An_empty_reservation_id_is_refused() => witness.RefusedAsync(
        () => server.Throttle.ConfirmAsync(new(), TestServer.Call), "ID_EMPTY", "reservation_id");

    [Fact]
    public async Task Confirming_twice_and_releasing_after_confirming_are_refused()
    {
        string id = await ReserveAsync();
        await server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call);

        await witness.RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.FailedPrecondition,
            "RESERVATION_ALREADY_CONFIRMED",
            "reservation_id");
        await witness.RefusedAsync(
            () => server.Throttle.ReleaseAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.FailedPrecondition,
            "RESERVATION_ALREADY_CONFIRMED",
            "reservation_id");
    }

    [Fact]
    public async Task Confirming_what_was_released_is_refused()
    {
        string id = await ReserveAsync();
        await server.Throttle.ReleaseAsync(new() { ReservationId = id }, TestServer.Call);

        await witness.RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.FailedPrecondition,
            "RESERVATION_ALREADY_RELEASED",
            "reservation_id");
    }

    [Fact]
    public async Task A_request_id_with_other_content_is_refused()
    {
        ReserveRequest request = new() { RequestId = NewRequest(), Contact = Contact(person) };
        await server.Throttle.ReserveAsync(request, TestServer.Call);
        request.Contact.Brand = "other";

        await witness.RefusedAsync(
            () => server.Throttle.ReserveAsync(request, TestServer.Call),
            StatusCode.AlreadyExists,
            "REQUEST_ID_REUSED",
            "request_id");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public Task A_number_of_slots_out_of_range_is_refused(int slots) => witness.RefusedAsync(
        () => server.Throttle.FindSlotsAsync(new() { Contact = Contact(person), MaxSlots = slots }, TestServer.Call),
        "SLOTS_OUT_OF_RANGE",
        "max_slots");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(93)]
    public async Task A_search_for_slots_that_ends_before_it_starts_or_much_later_is_refused(int days)
    {
        Timestamp from = FromNow(1);
        Timestamp until = Timestamp.FromDateTime(from.ToDateTime().AddDays(days));

        await witness.RefusedAsync(
            () => server.Throttle.FindSlotsAsync(
                new() { Contact = Contact(person), From = from, Until = until }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "until");
    }

    [Fact]
    public Task A_reason_to_override_that_is_too_long_is_refused() => witness.RefusedAsync(
        () => server.Throttle.CheckAsync(
            new() { Contact = Contact(person), OverrideReason = new string('x', 257) }, TestServer.Call),
        "TEXT_TOO_LONG",
        "override_reason");

    private static Timestamp FromNow(double days) => Timestamp.FromDateTime(DateTime.UtcNow.AddDays(days));

    private async Task<string> ReserveAsync() =>
        (await server.Throttle.ReserveAsync(new() { Contact = Contact(person) }, TestServer.Call))
        .Reservation.ReservationId;
}
