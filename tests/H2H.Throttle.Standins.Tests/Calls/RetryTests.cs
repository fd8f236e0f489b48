using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class RetryTests(EchoServer server)
{
    private readonly Saying saying = new() { Text = $"{nameof(RetryTests)} {Guid.NewGuid()}" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_policy_the_first_failure_is_the_answer()
    {
        RpcException failed = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.FalterAsync(saying, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Unavailable, failed.StatusCode);
    }

    [Fact]
    public async Task With_a_retry_policy_the_second_attempt_is_the_answer()
    {
        using GrpcChannel channel = Channel(new MethodConfig
        {
            Names = { MethodName.Default },
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 2,
                InitialBackoff = TimeSpan.FromMilliseconds(1),
                MaxBackoff = TimeSpan.FromMilliseconds(1),
                BackoffMultiplier = 1,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        });

        Assert.Equal(saying, await new Echo.EchoClient(channel).FalterAsync(saying, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task With_a_hedging_policy_a_later_attempt_is_the_answer()
    {
        using GrpcChannel channel = Channel(new MethodConfig
        {
            Names = { MethodName.Default },
            HedgingPolicy = new HedgingPolicy
            {
                MaxAttempts = 3,
                HedgingDelay = TimeSpan.FromMinutes(1),
                NonFatalStatusCodes = { StatusCode.Unavailable },
            },
        });

        Assert.Equal(saying, await new Echo.EchoClient(channel).FalterAsync(saying, cancellationToken: Cancellation));
    }

    private GrpcChannel Channel(MethodConfig method) => GrpcChannel.ForAddress(
        server.Address,
        new GrpcChannelOptions { ServiceConfig = new ServiceConfig { MethodConfigs = { method } } });
}
