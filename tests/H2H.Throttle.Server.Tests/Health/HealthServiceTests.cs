using Grpc.Core;
using Grpc.Health.V1;
using H2H.Throttle.Server.Tests.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Tests.Health;

public sealed class HealthServiceTests : IAsyncLifetime
{
    private readonly ReplayServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("h2h.throttle.v1.ThrottleService")]
    [InlineData("h2h.throttle.v1.ConsentService")]
    [InlineData("h2h.throttle.v1.PersonService")]
    [InlineData("h2h.throttle.v1.PolicyService")]
    public async Task The_server_and_each_of_its_services_serve(string service)
    {
        HealthCheckResponse health = await server.Health.CheckAsync(new() { Service = service }, TestServer.Call);
        HealthListResponse all = await server.Health.ListAsync(new(), TestServer.Call);

        Assert.Equal(ServingStatus.Serving, health.Status);
        Assert.Equal(ServingStatus.Serving, all.Statuses[service].Status);
    }

    [Fact]
    public async Task A_service_that_is_not_here_is_not_found_and_unknown_to_watchers()
    {
        Refusal refusal = await Refusal.OfAsync(server.Health.CheckAsync(new() { Service = "other" }, TestServer.Call));
        using AsyncServerStreamingCall<HealthCheckResponse> watch = server.Health.Watch(
            new() { Service = "other" }, TestServer.Call);

        Assert.Equal(StatusCode.NotFound, refusal.Code);
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task Who_watches_hears_that_the_server_goes_before_it_is_gone()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watch = server.Health.Watch(new(), TestServer.Call);
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);

        Task stopped = server.StopAsync().AsTask();

        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        Assert.False(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await stopped;
    }
}
