using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing.Servers;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>Servers are killed and stopped while they send; receivers miss nothing.</summary>
public sealed class TakeoverTests : IDisposable
{
    private const int HangMs = 120_000;
    private const int Events = 20;

    private readonly TemporaryStore folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = HangMs)]
    public async Task What_a_killed_server_was_sending_is_sent_when_it_is_started_again()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        TaskCompletionSource never = new();
        receiver.Script(_ => Task.CompletedTask, _ => never.Task);
        using (ServerProcess first = await StartAsync())
        {
            using GrpcChannel channel = first.Connect();
            await MakeAsync(channel, receiver);
            await OptOutAsync(channel, 3);
            await receiver.NextAsync();
            await receiver.NextAsync();
            await first.KillAsync();
        }

        never.SetResult();
        using ServerProcess second = await StartAsync();
        List<long> positions = [];
        while (positions.Count < 2 || positions[^1] < positions[0] + 1)
        {
            positions.Add((await receiver.NextAsync()).Position);
        }

        Assert.Equal(positions.Order(), positions);
        Assert.Equal(2, positions.TakeLast(2).Distinct().Count());
    }

    [Fact(Timeout = HangMs)]
    public async Task Of_two_servers_one_sends_and_the_other_goes_on_when_it_is_killed()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using Receiver receiver = await Receiver.StartAsync();
        string[] shared =
            ["--Server:Store=redis", $"--Redis:Configuration={redis.Address}", "--Redis:StoreTimeoutMs=10000"];
        using ServerProcess one = await StartAsync(shared);
        using ServerProcess two = await StartAsync(shared);
        using GrpcChannel toOne = one.Connect();
        using GrpcChannel toTwo = two.Connect();
        await MakeAsync(toOne, receiver);
        await OptOutAsync(toTwo, Events);
        List<Delivery> came = [];
        while (came.Count < Events)
        {
            came.Add(await receiver.NextAsync());
        }

        Assert.Equal(Events, came.Select(static told => told.Id).Distinct().Count());   // each by one of them
        Assert.Equal(came.OrderBy(static told => told.Position), came);

        await one.KillAsync();
        await OptOutAsync(toTwo, Events);
        List<Delivery> news = [];
        while (news.Count < Events)
        {
            Delivery told = await receiver.NextAsync();
            if (came.Concat(news).All(seen => seen.Id != told.Id))
            {
                news.Add(told);
            }
        }

        Assert.Equal(news.OrderBy(static told => told.Position), news);
    }

    private Task<ServerProcess> StartAsync(params string[] settings) => ServerProcess.StartAsync(
        folder.Path,
        [
            $"--Server:FirstPolicyPath={folder.Write("policy.yaml", TestPolicy.Document)}",
            $"--Server:IdentityKeyPath={Path.ChangeExtension(folder.Path, ".key")}",
            "--Webhooks:PauseMinMs=20",
            "--Webhooks:PauseMaxMs=50",
            "--Webhooks:TakeoverMs=1000",
            .. settings,
        ]);

    private static async Task MakeAsync(GrpcChannel channel, Receiver receiver) =>
        await new WebhookService.WebhookServiceClient(channel).CreateWebhookAsync(
            new() { Webhook = new() { Name = "crm", Url = receiver.Url.AbsoluteUri, Kinds = { "opt_out" } } },
            TestServer.Call);

    private static async Task OptOutAsync(GrpcChannel channel, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await new ConsentService.ConsentServiceClient(channel).OptOutAsync(
                new() { PersonId = Sample.NewPerson() }, TestServer.Call);
        }
    }
}
