using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>A server that tries three times with short pauses.</summary>
public sealed class WebhookServer() : TestServer(
    "--Webhooks:TriesMax=3", "--Webhooks:PauseMinMs=20", "--Webhooks:PauseMaxMs=50", "--Webhooks:TimeoutMs=30000")
{
    /// <summary>Makes one under a name of its own; answers with that and the secret.</summary>
    public async Task<(string Name, string Secret)> MakeAsync(Uri url, Action<Webhook>? shape = null)
    {
        Webhook webhook = new() { Name = $"hook-{Guid.NewGuid():N}", Url = url.AbsoluteUri };
        shape?.Invoke(webhook);
        CreateWebhookResponse made = await Webhooks.CreateWebhookAsync(new() { Webhook = webhook }, Call);
        return (webhook.Name, made.Secret);
    }

    public async Task<Webhook> GetAsync(string name) =>
        (await Webhooks.GetWebhookAsync(new() { Name = name }, Call)).Webhook;

    /// <summary>Asks until it is so; the test's own time is the bound.</summary>
    public async Task<Webhook> UntilAsync(string name, Func<Webhook, bool> isSo)
    {
        Webhook webhook;
        do
        {
            webhook = await GetAsync(name);
        }
        while (!isSo(webhook));

        return webhook;
    }

    /// <summary>Somebody says no to one brand, which is one fact.</summary>
    public async Task OptOutAsync(string brand = "north") =>
        await Consent.OptOutAsync(new() { PersonId = Sample.NewPerson(), Scope = new() { Brand = brand } }, Call);
}
