using System.Collections.Concurrent;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Testing.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace H2H.Throttle.Redis.Tests;

/// <summary>
/// What a failover loses of what was acknowledged, counted: a primary of six nodes is killed under load. What is
/// printed is what the server's README states.
/// </summary>
public sealed class FailoverLossTests
{
    private const int HangMs = 180_000;
    private const int Callers = 32;
    private const int AnswersBefore = 3000;
    private const int AnswersLagging = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangMs)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_opt_out_that_was_said_to_be_replicated_is_lost(bool replicaLags)
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(replicas: 1, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(cluster.Addresses);
        options.StoreTimeoutMs = 500;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        ThrottleEngine engine = await Patience.UntilAvailableAsync(() => OpenAsync(store), Cancellation);
        ConcurrentQueue<string> reserved = [];
        ConcurrentQueue<string> optedOut = [];
        using CancellationTokenSource load = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task loading = Task.WhenAll(Enumerable.Range(0, Callers).Select(number => Task.Run(
            () => CallAsync(engine, number, reserved, optedOut, load.Token), Cancellation)));

        await UntilAsync(() => reserved.Count + optedOut.Count >= AnswersBefore);
        RedisServer[] replicas = [.. cluster.Nodes.Skip(cluster.Nodes.Count / 2)];
        if (replicaLags)
        {
            int before = reserved.Count;
            Array.ForEach(replicas, static replica => replica.Freeze());
            await UntilAsync(() => reserved.Count >= before + AnswersLagging);
        }

        await cluster.Nodes[0].KillAsync();
        await load.CancelAsync();
        await loading;
        Array.ForEach(replicas, static replica => replica.Thaw());

        int reservationsLost = await CountAsync(reserved, async person =>
            (await engine.People.ListContactsAsync(person, 1, null, false, null, Cancellation)).Contacts.IsEmpty);
        int optOutsLost = await CountAsync(optedOut, async person =>
            (await engine.Throttler.CheckAsync(Draft(person), null, null, Cancellation))
                .Verdict.Decision is Decision.Allowed);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"replica {(replicaLags ? "lagging" : "keeping up")}: {reservationsLost} of {reserved.Count} acknowledged "
            + $"reservations and {optOutsLost} of {optedOut.Count} replicated opt-outs lost");
        Assert.Equal(0, optOutsLost);
        Assert.NotEmpty(optedOut);
    }

    private static async Task CallAsync(
        ThrottleEngine engine,
        int number,
        ConcurrentQueue<string> reserved,
        ConcurrentQueue<string> optedOut,
        CancellationToken cancellation)
    {
        for (int call = 0; !cancellation.IsCancellationRequested; call++)
        {
            string person = $"person {number} {call}";
            try
            {
                if (call % 4 == 0)
                {
                    ConsentResult said = await engine.Consent.OptOutAsync(
                        null, person, Scope.Everything, null, null, cancellation);
                    if (said.Durability is Durability.Replicated)
                    {
                        optedOut.Enqueue(person);
                    }
                }
                else
                {
                    await engine.Throttler.ReserveAsync(null, Draft(person), null, null, null, cancellation);
                    reserved.Enqueue(person);
                }
            }
            catch (Exception error) when (error is StoreException or OperationCanceledException)
            {
                // Not acknowledged: nothing was promised.
            }
        }
    }

    private static async Task<int> CountAsync(IEnumerable<string> people, Func<string, Task<bool>> isLost)
    {
        int lost = 0;
        await Parallel.ForEachAsync(people, Cancellation, async (person, _) =>
        {
            if (await Patience.UntilAvailableAsync(() => new ValueTask<bool>(isLost(person)), Cancellation))
            {
                Interlocked.Increment(ref lost);
            }
        });
        return lost;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static ValueTask<ThrottleEngine> OpenAsync(RedisStore store) => new(ThrottleEngine.OpenAsync(
        store.Records,
        store.Journal,
        new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
        new ThrottleOptions(),
        "{ policy: trial, zone: UTC, channels: [email], purposes: { marketing: {} }, rules: [] }",
        TimeProvider.System,
        NullLoggerFactory.Instance,
        Cancellation));

    private static ContactDraft Draft(string person) =>
        new() { PersonId = person, Channel = "email", Purpose = "marketing" };
}
