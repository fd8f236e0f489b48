using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using Microsoft.AspNetCore.Http;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>Receivers that are slow, wrong, away or gone for good.</summary>
public sealed class TroubleTests(WebhookServer server) : IClassFixture<WebhookServer>, IAsyncLifetime
{
    private const int HangMs = 60_000;

    private Receiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Fact(Timeout = HangMs)]
    public async Task What_is_never_taken_becomes_a_dead_letter_and_holds_up_the_others_no_longer()
    {
        receiver.Script(500, 404, 400);
        (string name, _) = await server.MakeAsync(receiver.Url, static webhook => webhook.Brands.Add("dead"));

        await server.OptOutAsync("dead");
        await server.OptOutAsync("dead");
        Delivery dead = await receiver.NextAsync();
        await receiver.NextAsync();
        await receiver.NextAsync();
        Delivery next = await receiver.NextAsync();

        Assert.True(next.Position > dead.Position);
        Webhook after = await server.UntilAsync(name, webhook => webhook.Progress.Position >= next.Position);
        Assert.Equal((0, 1, ""), (after.Progress.Failures, after.Progress.DeadLetters, after.Progress.Failure));
        DeadLetter letter = Assert.Single(
            (await server.Webhooks.ListDeadLettersAsync(new() { Name = name }, TestServer.Call)).DeadLetters);
        Assert.Equal(
            (dead.Position, "opt_out", 3, "The receiver answered 400."),
            (letter.Position, letter.Kind, letter.Tries, letter.Failure));

        receiver.Script(503);
        ReplayDeadLettersResponse again = await server.Webhooks.ReplayDeadLettersAsync(
            new() { Name = name }, TestServer.Call);
        Assert.Equal((0, 1, dead.Position, 503), (
            again.Taken, again.Left, again.FailedPosition, again.FailedDelivery.Status));
        again = await server.Webhooks.ReplayDeadLettersAsync(new() { Name = name }, TestServer.Call);
        Assert.Equal((1, 0, 0), (again.Taken, again.Left, again.FailedPosition));
        await receiver.NextAsync();
        Delivery replayed = await receiver.NextAsync();
        Assert.Equal((dead.Id, dead.Body), (replayed.Id, replayed.Body));
        Assert.Equal(0, (await server.GetAsync(name)).Progress.DeadLetters);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_receiver_that_is_gone_is_left_alone_until_it_is_wanted_again()
    {
        receiver.Script(410);
        (string name, _) = await server.MakeAsync(receiver.Url, static webhook => webhook.Brands.Add("gone"));

        await server.OptOutAsync("gone");
        Webhook stopped = await server.UntilAsync(name, static one => one.Standing is WebhookStanding.Stopped);
        Delivery first = await receiver.NextAsync();
        UpdateWebhookResponse resumed = await server.Webhooks.UpdateWebhookAsync(
            new() { Webhook = new() { Name = name }, UpdateMask = new() { Paths = { "paused" } } }, TestServer.Call);
        Delivery second = await receiver.NextAsync();

        Assert.Contains("410", stopped.Progress.Failure, StringComparison.Ordinal);
        Assert.Equal(WebhookStanding.Active, resumed.Webhook.Standing);
        Assert.Equal(first.Id, second.Id);
        JournalEntry fact = (await server.Journal.ListEntriesAsync(
            new() { Filter = new() { Kinds = { "webhook_changed" } } }, TestServer.Call)).Entries
            .First(entry => entry.Subject == name && entry.Details["standing"] == "stopped");
        Assert.Equal(ActorKind.Server, fact.Actor.Kind);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_slow_receiver_holds_up_no_other_and_no_call()
    {
        TaskCompletionSource let = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Receiver slow = await Receiver.StartAsync();
        slow.Otherwise = _ => let.Task;
        await server.MakeAsync(slow.Url, static webhook => webhook.Brands.Add("slow"));
        await server.MakeAsync(receiver.Url, static webhook => webhook.Brands.Add("slow"));

        for (int i = 0; i < 5; i++)
        {
            await server.OptOutAsync("slow");
        }

        for (int i = 0; i < 5; i++)
        {
            await receiver.NextAsync();
        }

        await slow.NextAsync();
        Assert.False(slow.HasMore);
        let.SetResult();
        for (int i = 0; i < 4; i++)
        {
            await slow.NextAsync();
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task An_endless_answer_is_not_read()
    {
        TaskCompletionSource<bool> wasLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Script(async http =>
        {
            byte[] block = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    await http.Response.Body.WriteAsync(block, http.RequestAborted);
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                wasLeft.SetResult(true);
            }
        });
        (string name, _) = await server.MakeAsync(receiver.Url, static webhook => webhook.Kinds.Add("key_made"));

        TestWebhookResponse test = await server.Webhooks.TestWebhookAsync(new() { Name = name }, TestServer.Call);

        Assert.Equal(200, test.Delivery.Status);
        Assert.True(await wasLeft.Task);
    }

    [Fact(Timeout = HangMs)]
    public async Task Nobody_is_sent_elsewhere()
    {
        await using Receiver elsewhere = await Receiver.StartAsync();
        Uri other = elsewhere.Url;
        receiver.Script(http =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = other.AbsoluteUri;
            return Task.CompletedTask;
        });
        (string name, _) = await server.MakeAsync(receiver.Url, static webhook => webhook.Kinds.Add("key_made"));

        TestWebhookResponse test = await server.Webhooks.TestWebhookAsync(new() { Name = name }, TestServer.Call);

        Assert.Equal((false, 307), (test.Delivery.Taken, test.Delivery.Status));
        Assert.Contains("elsewhere", test.Delivery.Failure, StringComparison.Ordinal);
        Assert.False(elsewhere.HasMore);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_receiver_that_asks_for_time_gets_it()
    {
        receiver.Script(http =>
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "1800";
            return Task.CompletedTask;
        });
        (string name, _) = await server.MakeAsync(receiver.Url, static webhook => webhook.Brands.Add("later"));

        await server.OptOutAsync("later");
        Webhook waiting = await server.UntilAsync(name, static webhook => webhook.Progress.Failures == 1);
        await receiver.NextAsync();

        TimeSpan pause = waiting.Progress.NextTryAt.ToDateTime() - waiting.Progress.FailingSince.ToDateTime();
        Assert.Equal(TimeSpan.FromMinutes(30), pause);

        await server.Webhooks.UpdateWebhookAsync(
            new()
            {
                Webhook = new() { Name = name, Url = $"{receiver.Url}/again" },
                UpdateMask = new() { Paths = { "url" } },
            },
            TestServer.Call);
        Assert.Equal("/hooks/again", (await receiver.NextAsync()).Path);   // whoever mended it need not wait
    }

    [Fact(Timeout = HangMs)]
    public async Task A_receiver_that_is_down_gets_everything_in_order_when_it_is_back()
    {
        await receiver.DisposeAsync();
        (string name, _) = await server.MakeAsync(new Uri("http://127.0.0.1:1/hooks"), static webhook =>
            webhook.Brands.Add("down"));

        await server.OptOutAsync("down");
        Webhook failing = await server.UntilAsync(name, static webhook => webhook.Progress.Failures > 0);
        Assert.Equal("The receiver cannot be reached.", failing.Progress.Failure);
        await server.UntilAsync(name, static webhook => webhook.Progress.DeadLetters == 1);
        await server.OptOutAsync("down");
        receiver = await Receiver.StartAsync();
        await server.Webhooks.UpdateWebhookAsync(
            new()
            {
                Webhook = new() { Name = name, Url = receiver.Url.AbsoluteUri },
                UpdateMask = new() { Paths = { "url" } },
            },
            TestServer.Call);

        await server.UntilAsync(name, static webhook => webhook.Progress.LastTakenAt is not null
            || webhook.Progress.DeadLetters == 2);
        await server.Webhooks.ReplayDeadLettersAsync(new() { Name = name }, TestServer.Call);
        HashSet<long> came = [(await receiver.NextAsync()).Position, (await receiver.NextAsync()).Position];
        Assert.Equal(2, came.Count);
    }
}
