using System.Collections.Concurrent;
using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Redis;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Testing.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>
/// The client of Redis, over TLS and as an ACL user, while its connections are broken again and again: each call ends,
/// no answer reaches another caller, it connects again, and nothing is left of what was broken.
/// </summary>
/// <param name="isOnBadLine">
/// False: Redis kills the connections. True: they lie in pieces, and are cut or fall silent.
/// </param>
internal sealed class ClientTrial(bool isOnBadLine) : ITrial
{
    private const int BoundMs = 1000;
    private const int EveryMs = 250;
    private const int PieceBytesMax = 1460;

    /// <summary>One in so many breaks of a line leaves it silent, which takes longest to be noticed.</summary>
    private const int FreezeEvery = 10;

    private const int CutsAreSlower = 6;

    /// <summary>What a lost connection may leave in memory until the next is lost, whatever their number.</summary>
    private const long BytesLeftMax = 24 * 1024 * 1024;

    public string Name => isOnBadLine
        ? $"{Who}: lines that pass pieces of 1 to {PieceBytesMax:N0} bytes, cut in mid-reply or left half open"
        : $"{Who}: every connection killed each {EveryMs} ms";

    private static string Who => $"{ClientStorm.Callers} callers on one connection to Redis, TLS and an ACL user";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        ConcurrentQueue<Exception> forgotten = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => forgotten.Enqueue(args.Exception);
        Holdings before = Holdings.Look();
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            (ClientStorm storm, int breaks, int standing) = await RunStormAsync(scale, cancellation);
            Holdings after = Holdings.Look();
            int sockets = Math.Max(0, after.Sockets - before.Sockets);
            long bytes = Math.Max(0, after.Bytes - before.Bytes);
            return new TrialResult(
                $"{storm.Answered:N0} calls answered, {ClientStorm.LargeCallers} of the callers with values of "
                    + $"{ClientStorm.LargeBytes:N0} bytes",
                $"{breaks:N0} times all connections broken, {storm.Unanswered:N0} calls without an answer",
                $"no answer reached another caller, nothing acknowledged was lost; the longest call took "
                    + $"{storm.Longest.TotalMilliseconds:N0} of {BoundMs:N0} ms, nobody was answered for at most "
                    + $"{storm.Silent.TotalSeconds:N1} s; left behind: {sockets} sockets, {bytes / 1024:N0} KiB",
                [
                    .. storm.Flaws,
                    .. forgotten.Select(static error => $"A task failed and nobody looked: {error}"),
                    .. standing <= 2 ? Array.Empty<string>() : [$"{standing} connections stand instead of 2."],
                    .. sockets == 0 ? Array.Empty<string>() : [$"{sockets} sockets are left open."],
                    .. bytes <= BytesLeftMax ? Array.Empty<string>() : [$"{bytes:N0} bytes are left in memory."],
                ]);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    private async Task<(ClientStorm Storm, int Breaks, int Standing)> RunStormAsync(
        Scale scale, CancellationToken cancellation)
    {
        await using SecureRedis redis = await SecureRedis.StartAsync();
        await using BadLine line = new(redis.TlsPort, PieceBytesMax);
        Link link = await Link.OpenAsync(
            new RedisOptions
            {
                Configuration = isOnBadLine ? line.Address : redis.TlsAddress,
                Tls = true,
                TlsAuthorityFile = redis.AuthorityFile,
                User = SecureRedis.User,
                Password = SecureRedis.Password,
                StoreTimeoutMs = BoundMs,
            },
            TimeProvider.System,
            NullLogger.Instance);
        link.Listen($"{SecureRedis.KeyPrefix}news", static _ => { });
        ClientStorm storm = new(link, SecureRedis.KeyPrefix, BoundMs);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = storm.RunAsync(over.Token, cancellation);
        int breaks = isOnBadLine ? scale.Breaks / CutsAreSlower : scale.Breaks;
        for (int number = 1; number <= breaks && storm.Flaws.IsEmpty; number++)
        {
            await Task.Delay(EveryMs, cancellation);
            await storm.AnsweredAsync(cancellation);   // a line that is half open stays so until it is left
            await BreakAsync(redis.Server, line, number, cancellation);
        }

        await over.CancelAsync();
        await running;
        int standing = await CountStandingAsync(redis.Server, cancellation);
        await link.CloseAsync();
        return (storm, breaks, standing);
    }

    private async Task BreakAsync(RedisServer redis, BadLine line, int number, CancellationToken cancellation)
    {
        if (!isOnBadLine)
        {
            await redis.CommandAsync(cancellation, "CLIENT", "KILL", "USER", SecureRedis.User);
        }
        else if (number % FreezeEvery == 1)
        {
            line.Freeze();
        }
        else
        {
            line.Cut();
        }
    }

    /// <summary>Connections of the user when all has calmed down: one to ask on, one to listen on.</summary>
    private static async Task<int> CountStandingAsync(RedisServer redis, CancellationToken cancellation)
    {
        int standing = int.MaxValue;
        for (int looks = 0; looks < 100 && standing > 2; looks++)
        {
            await Task.Delay(looks == 0 ? 0 : EveryMs, cancellation);   // Redis learns of a broken line when it reads
            string clients = await redis.CommandAsync(cancellation, "CLIENT", "LIST");
            standing = clients.Split('\n').Count(static client => client.Contains(
                $"user={SecureRedis.User} ", StringComparison.Ordinal));
        }

        return standing;
    }
}
