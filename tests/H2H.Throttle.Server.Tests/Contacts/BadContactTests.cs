using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

/// <summary>
/// A contact that makes no sense is refused with its own reason and field, names nobody, and changes nothing.
/// </summary>
public sealed class BadContactTests : IClassFixture<ClockServer>
{
    private static readonly string TooLong = new('x', 129);

    private readonly ClockServer server;
    private readonly string person = NewPerson();
    private readonly Witness witness;

    public BadContactTests(ClockServer server) => (this.server, witness) = (server, new Witness(server, person));

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
    public async Task It_is_refused_by_every_call_that_takes_one(
        string what, Action<Contact> spoil, string reason, string field)
    {
        Assert.NotEmpty(what);
        Contact contact = Contact(person);
        spoil(contact);

        await witness.RefusedAsync(
            () => server.Throttle.CheckAsync(new() { Contact = contact }, TestServer.Call), reason, field);
        await witness.RefusedAsync(
            () => server.Throttle.ReserveAsync(new() { Contact = contact }, TestServer.Call), reason, field);
        if (contact.PlannedAt is null)
        {
            await witness.RefusedAsync(
                () => server.Throttle.RecordAsync(new() { Contact = contact }, TestServer.Call), reason, field);
            await witness.RefusedAsync(
                () => server.Throttle.FindSlotsAsync(new() { Contact = contact }, TestServer.Call), reason, field);
        }
    }

    [Fact]
    public Task A_contact_that_is_missing_is_refused() => witness.RefusedAsync(
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

    private static IEnumerable<string> Many(int count) => Enumerable.Range(0, count).Select(static i => $"s{i}");

    private static void AddLabels(Contact contact, int count)
    {
        foreach (string name in Many(count))
        {
            contact.Labels.Add(name, "x");
        }
    }

    private static Timestamp FromNow(double days) => Timestamp.FromDateTime(DateTime.UtcNow.AddDays(days));
}
