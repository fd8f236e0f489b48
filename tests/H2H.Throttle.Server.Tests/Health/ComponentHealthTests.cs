using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Tests.Health;

public sealed class ComponentHealthTests : IAsyncLifetime
{
    private const int HangMs = 60_000;

    private readonly ListedServer server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("store", ServingStatus.Serving)]
    [InlineData("policy", ServingStatus.Serving)]
    [InlineData("journal", ServingStatus.Serving)]
    [InlineData("lists", ServingStatus.NotServing)]
    public async Task Each_component_is_told_of_by_itself(string component, ServingStatus status)
    {
        HealthCheckResponse health = await server.Health.CheckAsync(new() { Service = component }, TestServer.Call);
        HealthListResponse all = await server.Health.ListAsync(new(), TestServer.Call);

        Assert.Equal(status, health.Status);
        Assert.Equal(status, all.Statuses[component].Status);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_list_that_is_missing_is_told_of_and_keeps_nothing_else_from_being_decided()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watch = server.Health.Watch(
            new() { Service = "lists" }, TestServer.Call);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        using HttpResponseMessage page = await server.Http.GetAsync(
            new Uri("/readyz", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(
            """{"status":"SERVING","store":"SERVING","policy":"SERVING","journal":"SERVING","lists":"NOT_SERVING"}""",
            await page.Content.ReadAsStringAsync(Cancellation));
        ReserveResponse answer = await server.Throttle.ReserveAsync(
            Sample.Reserve(Sample.NewPerson(), Sample.At(10)), TestServer.Call);
        Assert.Equal(Verdict.Allow, answer.Decision.Verdict);

        await ImportAsync();

        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Cancellation));
        return watch.ResponseStream.Current.Status;
    }

    private async Task ImportAsync()
    {
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            server.Consent.ImportSuppressions(TestServer.Call);
        SuppressionLines lines = new() { First = 1 };
        lines.Lines.Add("+390551234567");
        await call.RequestStream.WriteAsync(
            new() { Import = new() { List = ListedServer.List, AsOf = Sample.At(1), At = Sample.At(10) } },
            Cancellation);
        await call.RequestStream.WriteAsync(new() { Lines = lines }, Cancellation);
        await call.RequestStream.WriteAsync(new() { End = new() { Lines = 1 } }, Cancellation);
        await call;
    }
}
