using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Access;

public sealed class LimitTests(LimitTests.SlowServer server) : IClassFixture<LimitTests.SlowServer>
{
    [Fact]
    public async Task A_caller_that_is_too_fast_is_refused_and_another_is_not()
    {
        CallOptions fast = GuardedServer.With(await server.KeyOfAsync("fast", Role.Agent));
        CallOptions slow = GuardedServer.With(await server.KeyOfAsync("slow", Role.Agent));

        Refusal? refusal = null;
        for (int calls = 0; calls < 1000 && refusal is null; calls++)
        {
            try
            {
                await server.Access.GetCallerAsync(new(), fast);
            }
            catch (RpcException error)
            {
                refusal = Refusal.Of(error);
            }
        }

        Assert.Equal((StatusCode.ResourceExhausted, "CALLER_TOO_FAST"), (refusal!.Code, refusal.Reason));
        await server.Access.GetCallerAsync(new(), slow);
    }

    public sealed class SlowServer() : GuardedServer("--Access:CallsPerSecondMax=5");
}
