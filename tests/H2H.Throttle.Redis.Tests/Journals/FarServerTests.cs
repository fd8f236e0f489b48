using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Testing.Servers;
using NodaTime;

namespace H2H.Throttle.Redis.Tests.Journals;

/// <summary>A server that is further from Redis than another, which appends without pause.</summary>
public sealed class FarServerTests
{
    private const int HangMs = 120_000;
    private const int NearWriters = 16;
    private const int FarFacts = 10;
    private const int PieceBytesMax = 64 * 1024;
    private const int DelayMs = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task It_gets_its_facts_in_although_the_other_always_comes_first()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using BadLine line = new(redis.Port, PieceBytesMax);
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        await using RedisStore near = await RedisTrialStore.OpenAsync(options);
        options.Configuration = line.Address;
        await using RedisStore far = await RedisTrialStore.OpenAsync(options);
        line.Delay = TimeSpan.FromMilliseconds(DelayMs);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task nearWriting = Task.WhenAll(Enumerable.Range(0, NearWriters).Select(
            writer => Task.Run(() => AppendAsync(near.Journal, $"near {writer}", int.MaxValue, done.Token))));

        long last = await AppendAsync(far.Journal, "far", FarFacts, Cancellation);
        await done.CancelAsync();
        await nearWriting;

        Assert.Equal($"far {FarFacts - 1}", (await near.Journal.ReadAsync(last - 1, 1, Cancellation))[0].Fact.Id);
    }

    private static async Task<long> AppendAsync(
        IJournal journal, string writer, int count, CancellationToken ended)
    {
        long last = 0;
        for (int number = 0; number < count && !ended.IsCancellationRequested; number++)
        {
            JournalFact fact = new(
                $"{writer} {number}", Instant.FromUnixTimeTicks(1), "counted", writer, ReadOnlyMemory<byte>.Empty);
            last = await journal.AppendAsync([fact], Cancellation);
        }

        return last;
    }
}
