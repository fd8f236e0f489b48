using System.Net;
using System.Net.Sockets;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Webhooks;

/// <summary>An admin sets up a receiver, sees it fail, and puts that right.</summary>
public sealed class WebhookCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    [Fact]
    public async Task The_life_of_a_webhook()
    {
        using HttpListener receiver = Listen(out string url);
        Ended made = await server.AskAsync("webhook", "create", "crm", "http://127.0.0.1:1/h2h", "--kind", "opt_out");
        Assert.StartsWith("whsec_", made.With(exit: 0).Output, StringComparison.Ordinal);
        Assert.Single(made.Lines);
        Assert.Contains("not shown again", made.Complaint, StringComparison.Ordinal);

        Ended failing = await server.AskAsync("webhook", "test", "crm");
        Assert.Contains("cannot be reached", failing.With(exit: 1).Output, StringComparison.Ordinal);

        await server.AskAsync("opt-out", "ann");
        Ended updated = await server.AskAsync("webhook", "update", "crm", "--url", url, "--kind", "*");
        Assert.Contains("every kind", updated.With(exit: 0).Output, StringComparison.Ordinal);
        HttpListenerContext came = await receiver.GetContextAsync();
        Assert.Contains("webhook-signature", came.Request.Headers.AllKeys, StringComparer.OrdinalIgnoreCase);
        came.Response.Close();

        Ended paused = await server.AskAsync("webhook", "pause", "crm");
        Assert.StartsWith("crm  paused", paused.With(exit: 0).Output, StringComparison.Ordinal);
        Ended listed = await server.AskAsync("webhook", "list");
        Assert.Contains(url, listed.With(exit: 0).Output, StringComparison.Ordinal);
        Assert.Equal(["No dead letters."], (await server.AskAsync("webhook", "dead", "crm")).With(exit: 0).Lines);
        Ended replayed = await server.AskAsync("webhook", "replay", "crm");
        Assert.Equal(["0 taken, 0 dead letters left."], replayed.With(exit: 0).Lines);
        Ended rotated = await server.AskAsync("webhook", "rotate-secret", "crm", "--compromised");
        Assert.NotEqual(made.Output, rotated.With(exit: 0).Output);
        Assert.Contains("nothing any more", rotated.Complaint, StringComparison.Ordinal);

        Assert.Equal(["crm is deleted."], (await server.AskAsync("webhook", "delete", "crm")).With(exit: 0).Lines);
        Ended gone = await server.AskAsync("webhook", "show", "crm");
        Assert.Contains("WEBHOOK_UNKNOWN", gone.Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_explained()
    {
        Ended nothing = await server.AskAsync("webhook", "update", "other");
        Ended inside = await server.AskAsync("webhook", "create", "inside", "https://192.168.1.1/");

        Assert.Contains("Say what to change", nothing.With(exit: 2).Complaint, StringComparison.Ordinal);
        Assert.Contains("not a public address", inside.Complaint, StringComparison.Ordinal);
        Assert.Contains("WEBHOOK_URL_INVALID", inside.Complaint, StringComparison.Ordinal);
    }

    private static HttpListener Listen(out string url)
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        HttpListener listener = new();
        listener.Prefixes.Add(url);
        listener.Start();
        return listener;
    }
}
