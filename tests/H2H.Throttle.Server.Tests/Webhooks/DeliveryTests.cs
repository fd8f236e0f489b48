using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>What receivers get, from a real server over a real connection.</summary>
public sealed class DeliveryTests(WebhookServer server) : IClassFixture<WebhookServer>, IAsyncLifetime
{
    private const int HangMs = 60_000;

    private Receiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact(Timeout = HangMs)]
    public async Task A_revoked_reservation_is_told_signed_and_names_nobody()
    {
        string person = Sample.NewPerson();
        Contact contact = Sample.Contact(person);
        contact.Brand = "north";
        (_, string secret) = await server.MakeAsync(
            receiver.Url, static webhook => webhook.Kinds.Add("reservation_revoked"));
        ReserveResponse reserved = await server.Throttle.ReserveAsync(new() { Contact = contact }, TestServer.Call);

        await server.Consent.OptOutAsync(new() { PersonId = person }, TestServer.Call);
        Delivery told = await receiver.NextAsync();

        string reservation = reserved.Reservation.ReservationId;
        Assert.True(told.IsSignedBy(secret));
        Assert.Equal("/hooks", told.Path);
        Assert.Equal("application/cloudevents+json; charset=utf-8", told.Headers["content-type"]);
        Assert.StartsWith("H2H-Throttle/", told.Headers["user-agent"], StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", told.Headers.Keys);
        Assert.Equal("1.0", Text(told.Event, "specversion"));
        Assert.Equal(told.Id, Text(told.Event, "id"));
        Assert.Equal("urn:h2h:throttle", Text(told.Event, "source"));
        Assert.Equal("h2h.throttle.v1.reservation_revoked", Text(told.Event, "type"));
        Assert.Equal(reservation, Text(told.Event, "subject"));
        Assert.Equal("application/json", Text(told.Event, "datacontenttype"));
        Assert.Equal(told.Position, long.Parse(Text(told.Event, "sequence"), CultureInfo.InvariantCulture));
        Assert.Equal(20, Text(told.Event, "sequence").Length);
        Assert.Equal((reservation, "north"), (told.Detail("reservation"), told.Detail("brand")));
        ListEntriesResponse listed = await server.Journal.ListEntriesAsync(
            new() { Filter = new() { PersonId = person, Kinds = { "reservation_revoked" } } }, TestServer.Call);
        JournalEntry entry = Assert.Single(listed.Entries);
        Assert.Equal(entry.Position, told.Position);
        Assert.Equal(entry.At, Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(
            Text(told.Event, "time"), CultureInfo.InvariantCulture)));
        string rest = told.Body.Replace(reservation, "", StringComparison.Ordinal);
        Assert.DoesNotContain(person, rest, StringComparison.Ordinal);
        Assert.DoesNotContain(entry.Subject, rest, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangMs)]
    public async Task Only_the_kinds_and_brands_that_are_wanted_are_told()
    {
        await server.MakeAsync(receiver.Url, static webhook =>
        {
            webhook.Kinds.AddRange(["opt_out", "opt_in"]);
            webhook.Brands.Add("north");
        });

        await server.OptOutAsync("south");
        await server.Consent.OptOutAsync(new() { PersonId = Sample.NewPerson() }, TestServer.Call);
        await server.Consent.SnoozeAsync(
            new()
            {
                PersonId = Sample.NewPerson(),
                Scope = new() { Brand = "north" },
                Until = DateTime.UtcNow.AddDays(1).ToTimestamp(),
            },
            TestServer.Call);
        await server.OptOutAsync("north");

        Delivery told = await receiver.NextAsync();
        Assert.Equal(("opt_out", "north"), (told.Kind, told.Detail("brand")));
        Assert.False(told.Event.TryGetProperty("subject", out _));
        Assert.False(receiver.HasMore);
    }

    [Fact(Timeout = HangMs)]
    public async Task What_happened_before_is_told_if_it_is_asked_for()
    {
        await server.OptOutAsync();
        ListEntriesResponse newest = await server.Journal.ListEntriesAsync(new() { PageSize = 1 }, TestServer.Call);
        long last = newest.Entries[0].Position;
        CreateWebhookRequest request = new()
        {
            Webhook = new() { Name = $"hook-{Guid.NewGuid():N}", Url = receiver.Url.AbsoluteUri }, After = last - 1,
        };

        await server.Webhooks.CreateWebhookAsync(request, TestServer.Call);

        Assert.Equal(last, (await receiver.NextAsync()).Position);
    }

    [Fact(Timeout = HangMs)]
    public async Task Events_are_sent_in_the_journals_order_however_often_each_fails()
    {
        receiver.Script(500, 503, 200, 500, 200);
        await server.MakeAsync(receiver.Url, static webhook => webhook.Brands.Add("order"));

        for (int i = 0; i < 3; i++)
        {
            await server.OptOutAsync("order");
        }

        List<Delivery> came = [];
        while (came.Count < 6)
        {
            came.Add(await receiver.NextAsync());
        }

        long[] positions = [.. came.Select(static told => told.Position)];
        Assert.Equal(positions.Order(), positions);
        Assert.Equal([3, 2, 1], came.GroupBy(static told => told.Id).Select(static tries => tries.Count()));
        Assert.Equal(came[0].Body, came[2].Body);
    }

    [Fact(Timeout = HangMs)]
    public async Task What_is_paused_waits_and_comes_when_it_goes_on()
    {
        (string name, _) = await server.MakeAsync(receiver.Url, static webhook =>
        {
            webhook.Brands.Add("paused");
            webhook.Paused = true;
        });

        await server.OptOutAsync("paused");
        TestWebhookResponse test = await server.Webhooks.TestWebhookAsync(new() { Name = name }, TestServer.Call);
        Delivery tried = await receiver.NextAsync();
        Assert.False(receiver.HasMore);
        await server.Webhooks.UpdateWebhookAsync(
            new() { Webhook = new() { Name = name }, UpdateMask = new() { Paths = { "paused" } } }, TestServer.Call);

        Assert.Equal((true, 200, ""), (test.Delivery.Taken, test.Delivery.Status, test.Delivery.Failure));
        Assert.Equal(("webhook_test", name), (tried.Kind, Text(tried.Event, "subject")));
        Assert.Equal("opt_out", (await receiver.NextAsync()).Kind);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_new_secret_signs_beside_the_old_one_unless_that_was_found_out()
    {
        (string name, string old) = await server.MakeAsync(receiver.Url);

        string second = (await server.Webhooks.RotateWebhookSecretAsync(new() { Name = name }, TestServer.Call)).Secret;
        await server.Webhooks.TestWebhookAsync(new() { Name = name }, TestServer.Call);
        string third = (await server.Webhooks.RotateWebhookSecretAsync(
            new() { Name = name, KeepFormerFor = new() }, TestServer.Call)).Secret;
        await server.Webhooks.TestWebhookAsync(new() { Name = name }, TestServer.Call);

        Delivery both = await NextTestAsync();
        Delivery one = await NextTestAsync();
        Assert.Equal((true, true, 2), (both.IsSignedBy(old), both.IsSignedBy(second), both.Signatures));
        Assert.Equal((false, true, 1), (one.IsSignedBy(second), one.IsSignedBy(third), one.Signatures));
    }

    private async Task<Delivery> NextTestAsync()
    {
        Delivery told;
        do
        {
            told = await receiver.NextAsync();
        }
        while (told.Kind != "webhook_test");

        return told;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
