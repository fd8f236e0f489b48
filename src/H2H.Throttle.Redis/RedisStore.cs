using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Checks;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Journals;
using H2H.Throttle.Redis.Records;
using H2H.Throttle.Redis.Replicas;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace H2H.Throttle.Redis;

/// <summary>The shared store: both ports over Redis or Valkey, one or a cluster, under any number of servers.</summary>
/// <remarks>
/// Every call ends within <see cref="RedisOptions.StoreTimeoutMs"/>. While Redis is away calls fail as
/// <see cref="StoreFailure.Unavailable"/>, and the connection comes back by itself.
/// </remarks>
public sealed class RedisStore : IAsyncDisposable
{
    private static readonly TimeSpan CheckPause = TimeSpan.FromSeconds(5);

    private readonly Link link;
    private readonly Lanes replicas;
    private readonly Arrivals arrivals;
    private readonly RedisJournal journal;
    private readonly Lazy<Task> closing;
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task checking = Task.CompletedTask;

    private RedisStore(Link link, Link waiting, RedisOptions options, TimeProvider clock)
    {
        this.link = link;
        arrivals = new Arrivals();
        KeySpace keys = new(options.KeyPrefix, options.JournalPartEntries);
        replicas = new Lanes(waiting, keys, options.ReplicaTimeoutMs);
        RedisRecordStore records = new(link, keys, replicas, clock);
        (Records, Catalog) = (records, records);
        journal = new RedisJournal(link, keys, arrivals, TimeSpan.FromMilliseconds(options.WatchPollMs), clock);
        closing = new Lazy<Task>(CloseAsync);
        Servers = LinkConfiguration.ServersOf(options);
    }

    public IRecordStore Records { get; }

    public IRecordCatalog Catalog { get; }

    public IJournal Journal => journal;

    /// <summary>True while a connection stands. False ends by itself when Redis is back.</summary>
    public bool IsConnected => link.IsConnected;

    /// <summary>The servers that were named, <c>host:port</c> each, parted by commas.</summary>
    public string Servers { get; }

    /// <summary>What was found amiss when Redis was first reached; empty before.</summary>
    public ImmutableArray<Finding> Findings { get; private set; } = [];

    /// <summary>Ends when the look at a Redis that was down at the start has been taken.</summary>
    internal Task Checked => checking;

    /// <summary>
    /// Connects, and looks whether what is there is fit for its use; what is amiss is logged with its mend. Opens too
    /// if Redis cannot be reached.
    /// </summary>
    /// <param name="options">Read once, now.</param>
    /// <param name="clock">Measures the waits, and is compared with Redis' own.</param>
    /// <param name="logs">Makes the logs.</param>
    /// <exception cref="ValidationException">An option is out of its range or cannot be read.</exception>
    /// <exception cref="StoreException">Redis is too old, or refuses this service.</exception>
    public static async Task<RedisStore> OpenAsync(RedisOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        ILogger<RedisStore> log = logs.CreateLogger<RedisStore>();
        Link[] links = await Task.WhenAll(
            Link.OpenAsync(options, clock, log),
            Link.OpenAsync(options.ForReplicas(), clock, NullLogger.Instance));   // it would say everything twice
        RedisStore store = new(links[0], links[1], options, clock);
        try
        {
            await store.StartAsync(clock, log);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Refuses new calls, lets those that run end, and closes the connections.</summary>
    public async ValueTask DisposeAsync() => await closing.Value;

    private async Task StartAsync(TimeProvider clock, ILogger log)
    {
        journal.Start();
        Task restored = link.Restored;   // taken before the look: a connection made in between is not missed
        if (!link.IsConnected)
        {
            log.StartedWithoutRedis();
            checking = CheckOnceReachedAsync(restored, clock, log);
            return;
        }

        try
        {
            await CheckAsync(clock, log);
        }
        catch (StoreException error) when (!Failures.IsRefusal(error))
        {
            log.NotChecked(error.Message);
            checking = CheckOnceReachedAsync(Task.CompletedTask, clock, log);
            return;
        }

        StartCheck.RefuseIfUnfit(Findings);
    }

    private async Task CheckAsync(TimeProvider clock, ILogger log)
    {
        (Findings, replicas.Alone) = await StartCheck.RunAsync(link, clock);
        foreach (Finding finding in Findings)
        {
            log.Found(finding.What, finding.Mend);
        }
    }

    /// <summary>It is too late to refuse then; what is amiss is logged.</summary>
    private async Task CheckOnceReachedAsync(Task reached, TimeProvider clock, ILogger log)
    {
        while (true)
        {
            await Task.WhenAny(reached, closed.Task);
            reached = Task.WhenAny(link.Restored, Task.Delay(CheckPause, clock));
            try
            {
                await CheckAsync(clock, log);
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (StoreException error)
            {
                log.NotChecked(error.Message);
            }
        }
    }

    private async Task CloseAsync()
    {
        arrivals.Close();
        await journal.CloseAsync();
        await replicas.CloseAsync();
        await link.CloseAsync();
        closed.SetResult();
        await checking;
    }
}
