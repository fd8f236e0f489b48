using Grpc.Core;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class CallOptionsTests
{
    [Fact]
    public void Each_change_keeps_the_rest()
    {
        using CancellationTokenSource source = new();
        Metadata headers = new() { { "a", "1" } };
        WriteOptions write = new(WriteFlags.NoCompress);
        CallCredentials credentials = CallCredentials.FromInterceptor(static (_, _) => Task.CompletedTask);

        CallOptions options = new CallOptions()
            .WithHeaders(headers)
            .WithDeadline(DateTime.UnixEpoch)
            .WithCancellationToken(source.Token)
            .WithWriteOptions(write)
            .WithCredentials(credentials)
            .WithWaitForReady();

        Assert.Same(headers, options.Headers);
        Assert.Equal(DateTime.UnixEpoch, options.Deadline);
        Assert.Equal(source.Token, options.CancellationToken);
        Assert.Same(write, options.WriteOptions);
        Assert.Same(credentials, options.Credentials);
        Assert.True(options.IsWaitForReady);
        Assert.False(options.WithWaitForReady(false).IsWaitForReady);
    }

    [Fact]
    public void Nothing_is_asked_for_unless_said()
    {
        CallOptions options = default;

        Assert.Null(options.Headers);
        Assert.Null(options.Deadline);
        Assert.Null(options.WriteOptions);
        Assert.Null(options.Credentials);
        Assert.Null(options.PropagationToken);
        Assert.False(options.IsWaitForReady);
        Assert.False(options.CancellationToken.CanBeCanceled);
    }
}
