using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

/// <summary>What makes no sense is refused with its own reason and field, names nobody, and changes nothing.</summary>
public sealed class BadInputTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly string TooLong = new('x', 129);

    private readonly string person = NewPerson();

    public static TheoryData<string, Action<Contact>, string, string> BadContacts => new()
    {
        { "unknown channel", static c => c.Channel = "fax", "CHANNEL_UNKNOWN", "contact.channel" },
        { "no channel", static c => c.Channel = "", "CHANNEL_UNKNOWN", "contact.channel" },
        { "channel in capitals", static c => c.Channel = "EMAIL", "CHANNEL_UNKNOWN", "contact.channel" },
        { "unknown purpose", static c => c.Purpose = "chat", "PURPOSE_UNKNOWN", "contact.purpose" },
        { "no purpose", static c => c.Purpose = "", "PURPOSE_UNKNOWN", "contact.purpose" },
        { "empty id", static c => c.PersonId = "", "ID_EMPTY", "contact.person_id" },
        { "over-long id", static c => c.PersonId += TooLong, "ID_TOO_LONG", "contact.person_id" },
        { "control character", static c => c.PersonId += "\n", "ID_MALFORMED", "contact.person_id" },
        { "over-long brand", static c => c.Brand = TooLong, "TEXT_TOO_LONG", "contact.brand" },
        { "over-long campaign", static c => c.Campaign = TooLong, "TEXT_TOO_LONG", "contact.campaign" },
        { "over-long topic", static c => c.Topic = TooLong, "TEXT_TOO_LONG", "contact.topic" },
        { "over-long sender", static c => c.Sender = TooLong, "TEXT_TOO_LONG", "contact.sender" },
        { "over-long address", static c => c.Address = new string('a', 321), "TEXT_TOO_LONG", "contact.address" },
        { "negative weight", static c => c.Weight = -1, "WEIGHT_OUT_OF_RANGE", "contact.weight" },
        { "no weight at all", static c => c.Weight = 0, "WEIGHT_OUT_OF_RANGE", "contact.weight" },
        { "immense weight", static c => c.Weight = 1001, "WEIGHT_OUT_OF_RANGE", "contact.weight" },
        { "negative priority", static c => c.Priority = -1, "PRIORITY_OUT_OF_RANGE", "contact.priority" },
        { "immense priority", static c => c.Priority = 101, "PRIORITY_OUT_OF_RANGE", "contact.priority" },
        { "no such country", static c => c.Country = "XX", "COUNTRY_UNKNOWN", "contact.country" },
        { "country in small letters", static c => c.Country = "it", "COUNTRY_UNKNOWN", "contact.country" },
        { "empty subject", static c => c.Subjects.Add(""), "SUBJECTS_OUT_OF_RANGE", "contact.subjects" },
        { "many subjects", static c => c.Subjects.Add(Many(17)), "SUBJECTS_OUT_OF_RANGE", "contact.subjects" },
        { "empty label", static c => c.Labels.Add("", "x"), "LABELS_OUT_OF_RANGE", "contact.labels" },
        { "over-long label", static c => c.Labels.Add("x", TooLong), "LABELS_OUT_OF_RANGE", "contact.labels" },
        { "many labels", static c => AddLabels(c, 17), "LABELS_OUT_OF_RANGE", "contact.labels" },
        { "no such direction", static c => c.Direction = (Direction)9, "ENUM_OUT_OF_RANGE", "contact.direction" },
        { "planned for the past", static c => c.PlannedAt = FromNow(-1), "TIME_OUT_OF_RANGE", "contact.planned_at" },
        { "planned too far ahead", static c => c.PlannedAt = FromNow(401), "TIME_OUT_OF_RANGE", "contact.planned_at" },
        {
            "planned for no instant",
            static c => c.PlannedAt = new Timestamp { Nanos = -1 },
            "TIME_OUT_OF_RANGE",
            "contact.planned_at"
        },
    };

    [Theory]
    [MemberData(nameof(BadContacts))]
    public async Task A_contact_that_makes_no_sense_is_refused_by_every_call_that_takes_one(
        string what, Action<Contact> spoil, string reason, string field)
    {
        Assert.NotEmpty(what);
        await UnchangedAsync(async () =>
        {
            Contact contact = Contact(person);
            spoil(contact);
            List<Refusal> refusals =
            [
                await Refusal.OfAsync(server.Throttle.CheckAsync(new() { Contact = contact }, TestServer.Call)),
                await Refusal.OfAsync(server.Throttle.ReserveAsync(new() { Contact = contact }, TestServer.Call)),
            ];
            if (contact.PlannedAt is null)
            {
                refusals.Add(
                    await Refusal.OfAsync(server.Throttle.RecordAsync(new() { Contact = contact }, TestServer.Call)));
                refusals.Add(
                    await Refusal.OfAsync(server.Throttle.FindSlotsAsync(new() { Contact = contact }, TestServer.Call)));
            }

            Assert.All(refusals, refusal => AssertInvalid(refusal, reason, field));
        });
    }

    [Fact]
    public Task A_contact_that_is_missing_is_refused() => RefusedAsync(
        () => server.Throttle.CheckAsync(new(), TestServer.Call), "FIELD_MISSING", "contact");

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        Contact contact = new() { Channel = "fax", Purpose = "chat", Weight = -1, Country = "??" };

        Refusal refusal = await Refusal.OfAsync(server.Throttle.ReserveAsync(
            new ReserveRequest
            {
                Contact = contact,
                RequestId = TooLong,
                TimeToLive = Duration.FromTimeSpan(TimeSpan.FromDays(365)),
                At = FromNow(-1),
            },
            TestServer.Call));

        Assert.Equal(
            [
                "at TIME_OUT_OF_RANGE",
                "contact.channel CHANNEL_UNKNOWN",
                "contact.country COUNTRY_UNKNOWN",
                "contact.person_id ID_EMPTY",
                "contact.purpose PURPOSE_UNKNOWN",
                "contact.weight WEIGHT_OUT_OF_RANGE",
                "request_id ID_TOO_LONG",
                "time_to_live TIME_TO_LIVE_OUT_OF_RANGE",
            ],
            refusal.Violations.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(-3650)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(3650)]
    public async Task A_time_far_from_the_clock_is_refused(int days)
    {
        await RefusedAsync(
            () => server.Throttle.CheckAsync(new() { Contact = Contact(person), At = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "at");
        await RefusedAsync(
            () => server.Throttle.ReserveAsync(Reserve(person, FromNow(days)), TestServer.Call), "TIME_OUT_OF_RANGE", "at");
        await RefusedAsync(
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
    public Task A_time_to_live_of_nothing_or_a_year_is_refused(long seconds) => RefusedAsync(
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

        await RefusedAsync(
            () => server.Throttle.ReserveAsync(new() { Contact = incoming }, TestServer.Call),
            "FIELD_NOT_ALLOWED",
            "contact.direction");
        await RefusedAsync(
            () => server.Throttle.RecordAsync(new() { Contact = planned }, TestServer.Call),
            "FIELD_NOT_ALLOWED",
            "contact.planned_at");
        await RefusedAsync(
            () => server.Throttle.FindSlotsAsync(new() { Contact = planned }, TestServer.Call),
            "FIELD_NOT_ALLOWED",
            "contact.planned_at");
    }

    [Theory]
    [InlineData(-401)]
    [InlineData(1)]
    public async Task A_contact_made_in_the_future_or_long_ago_is_refused(int days)
    {
        await RefusedAsync(
            () => server.Throttle.RecordAsync(new() { Contact = Contact(person), MadeAt = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "made_at");
        string id = await ReserveAsync();
        await RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id, MadeAt = FromNow(days) }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "made_at");
    }

    [Fact]
    public async Task An_outcome_that_nobody_declared_is_refused()
    {
        string id = await ReserveAsync();

        await RefusedAsync(
            () => server.Throttle.RecordAsync(new() { Contact = Contact(person), Outcome = "liked" }, TestServer.Call),
            "OUTCOME_UNKNOWN",
            "outcome");
        await RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id, Outcome = "liked" }, TestServer.Call),
            "OUTCOME_UNKNOWN",
            "outcome");
        await RefusedAsync(
            () => server.Throttle.ReportOutcomeAsync(
                new() { ContactId = id, Outcome = new Outcome { Name = "liked" } }, TestServer.Call),
            "OUTCOME_UNKNOWN",
            "outcome.name");
        await RefusedAsync(
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
        await RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.NotFound,
            "RESERVATION_UNKNOWN",
            "reservation_id");
        await RefusedAsync(
            () => server.Throttle.ReleaseAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.NotFound,
            "RESERVATION_UNKNOWN",
            "reservation_id");
        await RefusedAsync(
            () => server.Throttle.ReportOutcomeAsync(
                new() { ContactId = id, Outcome = new Outcome { Name = "delivered" } }, TestServer.Call),
            StatusCode.NotFound,
            "CONTACT_UNKNOWN",
            "contact_id");
    }

    [Fact]
    public Task An_empty_reservation_id_is_refused() => RefusedAsync(
        () => server.Throttle.ConfirmAsync(new(), TestServer.Call), "ID_EMPTY", "reservation_id");

    [Fact]
    public async Task Confirming_twice_and_releasing_after_confirming_are_refused()
    {
        string id = await ReserveAsync();
        await server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call);

        await RefusedAsync(
            () => server.Throttle.ConfirmAsync(new() { ReservationId = id }, TestServer.Call),
            StatusCode.FailedPrecondition,
            "RESERVATION_ALREADY_CONFIRMED",
            "reservation_id");
        await RefusedAsync(
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

        await RefusedAsync(
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

        await RefusedAsync(
            () => server.Throttle.ReserveAsync(request, TestServer.Call),
            StatusCode.AlreadyExists,
            "REQUEST_ID_REUSED",
            "request_id");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public Task A_number_of_slots_out_of_range_is_refused(int slots) => RefusedAsync(
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

        await RefusedAsync(
            () => server.Throttle.FindSlotsAsync(
                new() { Contact = Contact(person), From = from, Until = until }, TestServer.Call),
            "TIME_OUT_OF_RANGE",
            "until");
    }

    [Fact]
    public Task A_reason_to_override_that_is_too_long_is_refused() => RefusedAsync(
        () => server.Throttle.CheckAsync(
            new() { Contact = Contact(person), OverrideReason = new string('x', 257) }, TestServer.Call),
        "TEXT_TOO_LONG",
        "override_reason");

    private static IEnumerable<string> Many(int count) => Enumerable.Range(0, count).Select(static i => $"s{i}");

    private static void AddLabels(Contact contact, int count)
    {
        foreach (string name in Many(count))
        {
            contact.Labels.Add(name, "x");
        }
    }

    private static Timestamp FromNow(double days) => Timestamp.FromDateTime(DateTime.UtcNow.AddDays(days));

    private async Task<string> ReserveAsync() =>
        (await server.Throttle.ReserveAsync(new() { Contact = Contact(person) }, TestServer.Call))
        .Reservation.ReservationId;

    private Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call, string reason, string field) =>
        RefusedAsync(call, StatusCode.InvalidArgument, reason, field);

    private async Task RefusedAsync<TResponse>(
        Func<AsyncUnaryCall<TResponse>> call, StatusCode code, string reason, string field) =>
        await UnchangedAsync(async () =>
        {
            Refusal refusal = await Refusal.OfAsync(call());
            Assert.Equal((code, reason, field), (refusal.Code, refusal.Reason, refusal.Field));
            AssertNamesNobody(refusal);
        });

    private void AssertInvalid(Refusal refusal, string reason, string field)
    {
        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Equal($"{field} {reason}", Assert.Single(refusal.Violations));
        Assert.Equal((reason, field), (refusal.Reason, refusal.Field));
        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
        AssertNamesNobody(refusal);
    }

    private void AssertNamesNobody(Refusal refusal)
    {
        Assert.DoesNotContain(person, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(person, refusal.Info.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(person, refusal.BadRequest?.ToString() ?? "", StringComparison.Ordinal);
    }

    private async Task UnchangedAsync(Func<Task> attempt)
    {
        IReadOnlyList<IMessage> before = await AllThatIsKnownAsync();

        await attempt();

        Assert.Equal(before, await AllThatIsKnownAsync());
    }

    private async Task<IReadOnlyList<IMessage>> AllThatIsKnownAsync() =>
    [
        await server.People.ListContactsAsync(new() { PersonId = person }, TestServer.Call),
        await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call),
        await server.Consent.GetConsentAsync(new() { PersonId = person }, TestServer.Call),
    ];
}
