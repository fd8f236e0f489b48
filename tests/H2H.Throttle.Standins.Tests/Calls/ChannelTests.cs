using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class ChannelTests(EchoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_tells_how_its_connection_is_doing()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(server.Address);
        Assert.Equal(ConnectivityState.Idle, channel.State);

        await channel.ConnectAsync(Cancellation);
        Assert.Equal(ConnectivityState.Ready, channel.State);

        await channel.ShutdownAsync();
        Assert.Equal(server.Address.Authority, channel.Target);
    }

    [Fact]
    public async Task A_call_that_waits_for_a_connection_waits_until_its_deadline()
    {
        using GrpcChannel nowhere = GrpcChannel.ForAddress("http://127.0.0.1:1");
        Echo.EchoClient client = new(nowhere);
        CallOptions options = new CallOptions(cancellationToken: Cancellation)
            .WithWaitForReady()
            .WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300));

        RpcException failed = await Assert.ThrowsAsync<RpcException>(
            async () => await client.SayAsync(new Saying(), options));

        Assert.Equal(StatusCode.DeadlineExceeded, failed.StatusCode);
    }

    [Fact]
    public async Task A_client_without_a_channel_throws_at_every_call()
    {
        Echo.EchoClient client = new UnconnectedClient();
        CallOptions options = new(cancellationToken: Cancellation);

        Assert.Throws<NotImplementedException>(() => client.Say(new Saying(), options));
        await Assert.ThrowsAsync<NotImplementedException>(async () => await client.SayAsync(new Saying(), options));
        Assert.Throws<NotImplementedException>(() => client.Join(options));
        Assert.Throws<NotImplementedException>(() => client.Split(new Saying(), options));
        Assert.Throws<NotImplementedException>(() => client.Converse(options));
    }

    [Fact]
    public async Task A_fake_of_a_call_answers_as_it_was_made()
    {
        bool isDisposed = false;
        Metadata headers = new() { { "a", "1" } };
        Metadata trailers = new() { { "b", "2" } };
        AsyncUnaryCall<string> call = new(
            Task.FromResult("yes"), Task.FromResult(headers), () => Status.DefaultSuccess, () => trailers,
            () => isDisposed = true);

        Assert.Equal("yes", await call);
        Assert.Same(headers, await call.ResponseHeadersAsync);
        Assert.Same(trailers, call.GetTrailers());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        call.Dispose();
        Assert.True(isDisposed);
    }

    private sealed class UnconnectedClient : Echo.EchoClient;
}
