using System.Collections.Concurrent;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Rotation;
using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Rotation;

public sealed class RedisRotationTests(SharedRedis redis) : RotationConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(redis.Address);

    protected override StorePorts PortsOf(ITrialStore store) => ((RedisTrialStore)store).Ports;

    [Fact]
    public async Task What_servers_acknowledge_until_they_see_that_the_store_is_closed_is_brought_over()
    {
        ThrottleEngine[] servers = [await OpenAsync(Trial, Before), await OpenAsync(Trial, Before)];
        ConcurrentBag<string> acknowledged = [];
        TaskCompletionSource busy = new();
        Task[] callers =
            [.. Enumerable.Range(0, 8).Select(caller => OptOutUntilClosedAsync(servers[caller % 2], caller))];
        await busy.Task;
        await using ITrialStore target = await StartAsync();
        KeyRotation rotation = new(PortsOf(Trial), PortsOf(target), Before, After);

        await rotation.CloseAsync(Cancellation);
        foreach (ThrottleEngine server in servers)
        {
            await Assert.ThrowsAsync<StoreException>(() => server.RefreshAsync(Cancellation));
        }

        await Task.WhenAll(callers);
        await rotation.CopyAsync(Trial.Now, new TransferTally(), Cancellation);
        Assert.Empty(await rotation.VerifyAsync(Trial.Now, new TransferTally(), Cancellation));

        ThrottleEngine rotated = await OpenAsync(target, After);
        foreach (string person in acknowledged)
        {
            Assert.Equal(ReasonCode.OptedOut, await WhyNotAsync(rotated, person, "email"));
        }

        async Task OptOutUntilClosedAsync(ThrottleEngine server, int caller)
        {
            for (int number = 0; ; number++)
            {
                string person = $"person {caller} {number}";
                try
                {
                    await server.Consent.OptOutAsync(null, person, Scope.Everything, null, null, Cancellation);
                }
                catch (StoreException closed) when (closed.Failure is StoreFailure.OtherKey)
                {
                    return;
                }

                acknowledged.Add(person);
                if (acknowledged.Count > 50)
                {
                    busy.TrySetResult();
                }
            }
        }
    }
}
