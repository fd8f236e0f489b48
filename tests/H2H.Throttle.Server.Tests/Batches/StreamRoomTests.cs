using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Batches;

public sealed class StreamRoomTests : IAsyncLifetime
{
    private readonly SmallServer server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task One_stream_too_many_is_refused_until_another_ends_and_calls_go_on()
    {
        using AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> checks =
            server.Throttle.StreamCheck(TestServer.Call);
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> reserves =
            server.Throttle.StreamReserve(TestServer.Call);
        await CheckAsync(checks);
        await reserves.RequestStream.WriteAsync(new() { Items = { new ReserveItem() } }, Cancellation);
        Assert.True(await reserves.ResponseStream.MoveNext(Cancellation));
        using AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> third =
            server.Throttle.StreamCheck(TestServer.Call);

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => third.ResponseStream.MoveNext(Cancellation));
        CheckResponse unary = await server.Throttle.CheckAsync(
            new() { Contact = Contact(NewPerson()) }, TestServer.Call);
        await checks.RequestStream.CompleteAsync();
        Assert.False(await checks.ResponseStream.MoveNext(Cancellation));
        using AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> fourth =
            server.Throttle.StreamCheck(TestServer.Call);
        await CheckAsync(fourth);

        Assert.Equal(
            (StatusCode.ResourceExhausted, "OVERLOADED"), (Refusal.Of(error).Code, Refusal.Of(error).Reason));
        Assert.Contains(
            Google.Rpc.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin")).Details,
            static detail => detail.Is(RetryInfo.Descriptor));
        Assert.Equal(Verdict.Allow, unary.Decision.Verdict);
    }

    private static async Task CheckAsync(AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> call)
    {
        await call.RequestStream.WriteAsync(
            new() { Items = { new CheckItem { Contact = Contact(NewPerson()) } } }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
    }

    private sealed class SmallServer() : TestServer("--Server:StreamsMax=2");
}
