using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Adversity.Loads;

/// <summary>
/// Callers who all use one connection to Redis while it is broken, each with a key of its own, and believe nothing but
/// what was acknowledged.
/// </summary>
/// <remarks>
/// Each value tells whose it is and the how manieth, and its bytes follow from these: an answer that came to another
/// caller, is of another call, or has a byte of another shows.
/// </remarks>
/// <param name="link">The client, as the store uses it.</param>
/// <param name="keyPrefix">Of every key.</param>
/// <param name="boundMs">How long a call may take, in milliseconds.</param>
internal sealed class ClientStorm(Link link, string keyPrefix, int boundMs)
{
    public const int Callers = 64;
    public const int LargeCallers = 3;
    public const int LargeBytes = 5_000_000;
    private const int SmallBytes = 100;
    private const int HeadBytes = sizeof(int) + sizeof(int);

    private const int LookMs = 20;

    /// <summary>By how much a machine that has other work may miss a bound, in milliseconds.</summary>
    private const int LateMaxMs = 4000;

    private readonly ConcurrentQueue<string> flaws = [];
    private readonly Lock gate = new();
    private long lastAnswered = Stopwatch.GetTimestamp();
    private int answered;
    private int unanswered;

    public int Answered => Volatile.Read(ref answered);

    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>The call that took longest.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The longest time in which no call of anybody was answered.</summary>
    public TimeSpan Silent { get; private set; }

    public ImmutableArray<string> Flaws => [.. flaws];

    /// <summary>Everybody asks until it is over, and then reads once more what was written.</summary>
    public async Task RunAsync(CancellationToken over, CancellationToken cancellation) => await Task.WhenAll(
        Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller, over, cancellation))));

    /// <summary>Until somebody is answered, which is a flaw if it takes too long.</summary>
    public async Task AnsweredAsync(CancellationToken cancellation)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int before = Answered; before == Answered;)
        {
            if (Stopwatch.GetElapsedTime(begun) > Workload.BackWithin)
            {
                flaws.Enqueue($"Nobody was answered for {Workload.BackWithin.TotalSeconds} seconds.");
                return;
            }

            await Task.Delay(LookMs, cancellation);
        }
    }

    private async Task CallAsync(int caller, CancellationToken over, CancellationToken cancellation)
    {
        RedisKey key = $"{keyPrefix}{caller}";
        int acknowledged = 0;
        int last = 0;
        while (!over.IsCancellationRequested || acknowledged == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] value = Make(caller, ++last);
            bool isWritten = await TryAsync(
                () => link.AskAsync(
                    (key, value), static (redis, set) => redis.StringSetAsync(set.key, set.value), cancellation),
                static _ => true) ?? false;
            acknowledged = isWritten ? last : acknowledged;
            await ReadAsync(caller, key, acknowledged, last, cancellation);
        }

        while (!await ReadAsync(caller, key, acknowledged, last, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>False: nobody answered.</summary>
    private async Task<bool> ReadAsync(
        int caller, RedisKey key, int acknowledged, int last, CancellationToken cancellation)
    {
        bool? isRight = await TryAsync(
            () => link.AskAsync(key, static (redis, key) => redis.StringGetAsync(key), cancellation),
            value => IsRight((byte[]?)value, caller, acknowledged, last));
        if (isRight is false)
        {
            flaws.Enqueue($"Caller {caller} read what is not its own, or not its {acknowledged}th to {last}th value.");
        }

        return isRight is not null;
    }

    /// <summary>Null: nobody answered.</summary>
    private async Task<bool?> TryAsync<T>(Func<ValueTask<T>> ask, Func<T, bool> judge)
    {
        long begun = Stopwatch.GetTimestamp();
        try
        {
            T answer = await ask();
            Note(begun, isAnswered: true);
            return judge(answer);
        }
        catch (StoreException failed) when (failed.Failure is StoreFailure.Unavailable)
        {
            Note(begun, isAnswered: false);
            return null;
        }
    }

    private void Note(long begun, bool isAnswered)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan took = Stopwatch.GetElapsedTime(begun, now);
        lock (gate)
        {
            Longest = took > Longest ? took : Longest;
            if (!isAnswered)
            {
                unanswered++;
            }
            else
            {
                TimeSpan silent = Stopwatch.GetElapsedTime(lastAnswered, now);
                Silent = silent > Silent ? silent : Silent;
                lastAnswered = now;
                answered++;
            }
        }

        if (took.TotalMilliseconds > boundMs + LateMaxMs)
        {
            flaws.Enqueue($"A call that may take {boundMs} ms took {took.TotalMilliseconds:N0}.");
        }
    }

    /// <summary>A write whose answer was lost may be there or not; one that was acknowledged is.</summary>
    private static bool IsRight(byte[]? value, int caller, int acknowledged, int last)
    {
        if (value is null)
        {
            return acknowledged == 0;
        }

        int count = value.Length < HeadBytes ? -1 : BitConverter.ToInt32(value, sizeof(int));
        return count >= acknowledged && count <= last && value.AsSpan().SequenceEqual(Make(caller, count));
    }

    private static byte[] Make(int caller, int count)
    {
        byte[] value = new byte[caller < LargeCallers ? LargeBytes : SmallBytes];
        new Random((caller * 1_000_003) + count).NextBytes(value);
        BitConverter.TryWriteBytes(value, caller);
        BitConverter.TryWriteBytes(value.AsSpan(sizeof(int)), count);
        return value;
    }
}
