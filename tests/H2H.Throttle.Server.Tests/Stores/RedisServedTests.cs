using System.Net;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing.Servers;
using H2H.Throttle.Wire;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Tests.Stores;

/// <summary>Real servers over a real Redis.</summary>
public sealed class RedisServedTests : IAsyncLifetime
{
    private const int HangMs = 120_000;

    private readonly TemporaryStore folder = new();
    private readonly RedisServer redis = RedisServer.Reserve();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        folder.Dispose();
    }

    [Fact(Timeout = HangMs)]
    public async Task A_server_starts_while_Redis_is_down_says_so_and_decides_as_soon_as_it_is_there()
    {
        using ServerProcess server = await StartAsync("--Redis:ConnectTimeoutMs=300");
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<HealthCheckResponse> health = Watch(channel, "");
        Assert.Contains("cannot be reached yet", server.Greeting, StringComparison.Ordinal);
        Assert.Contains("not known yet", server.Greeting, StringComparison.Ordinal);

        Assert.Equal(ServingStatus.NotServing, await NextAsync(health));
        await RequireUnavailableAsync(channel);
        await RequirePagesAsync(server, HttpStatusCode.ServiceUnavailable, "NOT_SERVING");
        await redis.RestartAsync();
        Assert.Equal(ServingStatus.Serving, await NextAsync(health));

        await ReserveAsync(channel);
        await RequirePagesAsync(server, HttpStatusCode.OK, "SERVING");
    }

    [Fact(Timeout = HangMs)]
    public async Task A_Redis_that_comes_back_empty_is_not_taken_for_one_where_nobody_ever_opted_out()
    {
        await redis.RestartAsync();
        using ServerProcess server = await StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<HealthCheckResponse> health = Watch(channel, "store");
        Assert.Equal(ServingStatus.Serving, await NextAsync(health));
        await ReserveAsync(channel);

        await redis.KillAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(health));
        await RequireUnavailableAsync(channel);
        await redis.RestartAsync();

        Refusal? damaged = null;
        while (damaged is not { Code: StatusCode.DataLoss })
        {
            damaged = await RefusalAsync(channel);
        }

        Assert.Equal("STORE_DAMAGED", damaged.Reason);
        Assert.False((await RefusalAsync(channel)) is null);
    }

    [Fact(Timeout = HangMs)]
    public async Task What_is_on_disk_is_there_again_after_Redis_was_killed()
    {
        await using RedisServer durable = await RedisServer.StartAsync(
            "--appendonly", "yes", "--appendfsync", "always");
        using ServerProcess server = await StartAsync($"--Redis:Configuration={durable.Address}");
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<HealthCheckResponse> health = Watch(channel, "");
        Assert.Equal(ServingStatus.Serving, await NextAsync(health));
        string person = Sample.NewPerson();
        await new ConsentService.ConsentServiceClient(channel).OptOutAsync(
            new() { PersonId = person }, TestServer.Call);

        await durable.KillAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(health));
        await durable.RestartAsync();
        Assert.Equal(ServingStatus.Serving, await NextAsync(health));

        ReserveResponse answer = await new ThrottleService.ThrottleServiceClient(channel).ReserveAsync(
            new() { Contact = Sample.Contact(person) }, TestServer.Call);
        Assert.Equal(ReasonCode.OptedOut, answer.Decision.Reasons[0].Code);
    }

    [Fact(Timeout = HangMs)]
    public async Task What_one_server_publishes_the_other_decides_by_and_a_stale_base_is_refused_by_both()
    {
        await redis.RestartAsync();
        using ServerProcess first = await StartAsync();
        using ServerProcess second = await StartAsync();
        using GrpcChannel here = first.Connect();
        using GrpcChannel there = second.Connect();
        PolicyService.PolicyServiceClient publisher = new(here);
        PolicyService.PolicyServiceClient other = new(there);

        await publisher.PublishPolicyAsync(Publication(expected: 1), TestServer.Call);
        Refusal stale = await Refusal.OfAsync(other.PublishPolicyAsync(Publication(expected: 1), TestServer.Call));
        await other.PublishPolicyAsync(Publication(expected: 2), TestServer.Call);
        Refusal staleToo = await Refusal.OfAsync(
            publisher.PublishPolicyAsync(Publication(expected: 2), TestServer.Call));
        await publisher.PublishPolicyAsync(Publication(expected: 3), TestServer.Call);
        while ((await other.GetPolicyAsync(new(), TestServer.Call)).Policy.Version != 4)
        {
            await Task.Yield();
        }

        Assert.Equal((StatusCode.Aborted, "POLICY_VERSION_CONFLICT"), (stale.Code, stale.Reason));
        Assert.Equal("POLICY_VERSION_CONFLICT", staleToo.Reason);
        CheckResponse check = await new ThrottleService.ThrottleServiceClient(there).CheckAsync(
            new() { Contact = Sample.Contact(Sample.NewPerson()) }, TestServer.Call);
        Assert.Equal(4, check.Decision.PolicyVersion);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_server_with_a_key_of_its_own_is_kept_from_taking_everybody_for_new()
    {
        await redis.RestartAsync();
        using ServerProcess first = await StartAsync();
        using TemporaryStore elsewhere = new();

        using ServerProcess second = await ServerProcess.StartAsync(elsewhere.Path, Settings());

        Assert.Equal(1, await second.ExitAsync());
        string line = Assert.Single(
            second.Errors.Split('\n'), static line => line.StartsWith("The server cannot", StringComparison.Ordinal));
        Assert.Contains("another identity key", line, StringComparison.Ordinal);
        Assert.Contains("Server:IdentityKeyPath", line, StringComparison.Ordinal);
    }

    [Theory(Timeout = HangMs)]
    [InlineData("--Redis:Configuration=,", "Redis:Configuration")]
    [InlineData("--Redis:Prot=1", "There is no setting Redis:Prot; there are Configuration")]
    [InlineData("--Redis:StoreTimeoutMs=0", "StoreTimeoutMs")]
    [InlineData("--Redis:KeyPrefix=a b", "KeyPrefix")]
    [InlineData("--Server:Store=postgres", "Server:Store must be sqlite or redis.")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string part)
    {
        using ServerProcess server = await StartAsync(setting);

        Assert.Equal(1, await server.ExitAsync());
        string line = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(part, line, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangMs)]
    public async Task The_greeting_tells_where_Redis_is_and_no_password()
    {
        await redis.RestartAsync();
        using ServerProcess server = await StartAsync($"--Redis:Configuration={redis.Address},name=hush");

        Assert.Contains($"Redis at {redis.Address}\n", server.Greeting, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", server.Greeting, StringComparison.Ordinal);
    }

    private Task<ServerProcess> StartAsync(params string[] settings) =>
        ServerProcess.StartAsync(folder.Path, [.. Settings(), .. settings]);

    private string[] Settings() => ["--Server:Store=redis", $"--Redis:Configuration={redis.Address}"];

    private static PublishPolicyRequest Publication(long expected) =>
        new() { Document = TestPolicy.Document, ExpectedVersion = expected };

    private static AsyncServerStreamingCall<HealthCheckResponse> Watch(GrpcChannel channel, string service) =>
        new Grpc.Health.V1.Health.HealthClient(channel).Watch(new() { Service = service }, TestServer.Call);

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> health)
    {
        Assert.True(await health.ResponseStream.MoveNext(Cancellation));
        return health.ResponseStream.Current.Status;
    }

    private static async Task ReserveAsync(GrpcChannel channel)
    {
        ReserveResponse answer = await new ThrottleService.ThrottleServiceClient(channel).ReserveAsync(
            new() { Contact = Sample.Contact(Sample.NewPerson()) }, TestServer.Call);
        Assert.Equal(Verdict.Allow, answer.Decision.Verdict);
    }

    /// <summary>Null: it was answered.</summary>
    private static async Task<Refusal?> RefusalAsync(GrpcChannel channel)
    {
        try
        {
            await ReserveAsync(channel);
            return null;
        }
        catch (RpcException error)
        {
            return Refusal.Of(error);
        }
    }

    private static async Task RequireUnavailableAsync(GrpcChannel channel)
    {
        using AsyncUnaryCall<ReserveResponse> call = new ThrottleService.ThrottleServiceClient(channel).ReserveAsync(
            new() { Contact = Sample.Contact(Sample.NewPerson()) }, TestServer.Call);
        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Refusal refusal = Refusal.Of(error);
        Google.Rpc.Status status = Google.Rpc.Status.Parser.ParseFrom(
            error.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((StatusCode.Unavailable, "STORE_UNAVAILABLE"), (refusal.Code, refusal.Reason));
        Assert.Equal(
            1, Assert.Single(status.Details, static one => one.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>()
                .RetryDelay.Seconds);
    }

    private static async Task RequirePagesAsync(ServerProcess server, HttpStatusCode ready, string status)
    {
        using HttpClient http = new() { BaseAddress = server.HttpAddress };
        using HttpResponseMessage live = await http.GetAsync(new Uri("/livez", UriKind.Relative), Cancellation);
        using HttpResponseMessage page = await http.GetAsync(new Uri("/readyz", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(ready, page.StatusCode);
        Assert.Equal(
            ((string[])["status", "store", "policy", "journal", "lists"]).Select(part => $"\"{part}\":\"{status}\""),
            (await page.Content.ReadAsStringAsync(Cancellation)).Trim('{', '}').Split(','));
    }
}
