using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class DeadlineTests(EchoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_ends_give_the_call_up_at_the_deadline()
    {
        string text = $"{nameof(DeadlineTests)} {Guid.NewGuid()}";
        DateTime deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300);

        RpcException late = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.HangAsync(
            new Saying { Text = text }, new CallOptions(cancellationToken: Cancellation).WithDeadline(deadline)));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        await server.Hanging.CancelledAsync(text, Cancellation);
    }

    [Fact]
    public async Task The_service_is_told_the_deadline()
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;

        Description seen = await server.Client.DescribeAsync(
            new Empty(), deadline: now.AddMinutes(10), cancellationToken: Cancellation);

        DateTime told = DateTime.UnixEpoch.AddMicroseconds(seen.DeadlineUs);
        Assert.InRange(told, now.AddMinutes(9), now.AddMinutes(20));
    }

    [Fact]
    public async Task A_deadline_that_has_passed_already_never_reaches_the_service()
    {
        string text = $"{nameof(DeadlineTests)} {Guid.NewGuid()}";

        RpcException late = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.HangAsync(
            new Saying { Text = text }, deadline: DateTime.UnixEpoch, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.False(server.Hanging.BegunAsync(text, Cancellation).IsCompleted);
    }
}
