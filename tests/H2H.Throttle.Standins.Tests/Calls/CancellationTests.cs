using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class CancellationTests(EchoServer server)
{
    private readonly string text = $"{nameof(CancellationTests)} {Guid.NewGuid()}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelling_a_unary_call_ends_it_on_both_sides()
    {
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var call = server.Client.HangAsync(new Saying { Text = text }, cancellationToken: caller.Token);
        await server.Hanging.BegunAsync(text, Cancellation);

        await caller.CancelAsync();

        RpcException cancelled = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, cancelled.StatusCode);
        await server.Hanging.CancelledAsync(text, Cancellation);
    }

    [Fact]
    public async Task Disposing_of_a_call_under_way_cancels_it_on_both_sides()
    {
        var call = server.Client.HangAsync(new Saying { Text = text }, cancellationToken: Cancellation);
        await server.Hanging.BegunAsync(text, Cancellation);

        call.Dispose();

        RpcException cancelled = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, cancelled.StatusCode);
        await server.Hanging.CancelledAsync(text, Cancellation);
    }

    [Fact]
    public async Task Cancelling_between_two_messages_of_a_stream_ends_it_on_both_sides()
    {
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var call = server.Client.HangAfterOne(new Saying { Text = text }, cancellationToken: caller.Token);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(text, call.ResponseStream.Current.Text);

        await caller.CancelAsync();

        RpcException cancelled = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.Cancelled, cancelled.StatusCode);
        await server.Hanging.CancelledAsync(text, Cancellation);
    }
}
