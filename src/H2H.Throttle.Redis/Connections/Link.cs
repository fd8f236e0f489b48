using System.Net;
using H2H.Throttle.Engine.Records;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>The one way to Redis: each call is bounded and answers or throws <see cref="StoreException"/>.</summary>
/// <remarks>
/// A command that provably never ran is repeated until the time is up; one whose outcome is not known never is. The
/// bound does not rest on the client's own time-outs.
/// </remarks>
internal sealed class Link
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    private readonly ConnectionMultiplexer connections;
    private readonly TimeProvider clock;
    private readonly TimeSpan limit;
    private readonly TimeSpan patience;
    private readonly Passage passage = new();
    private TaskCompletionSource restored = Make();

    private Link(ConnectionMultiplexer connections, TimeProvider clock, RedisOptions options, ILogger log)
    {
        (this.connections, this.clock) = (connections, clock);
        limit = TimeSpan.FromMilliseconds(options.StoreTimeoutMs);
        patience = TimeSpan.FromMilliseconds(int.Max(options.StoreTimeoutMs, options.ConnectTimeoutMs));
        Database = connections.GetDatabase();
        connections.ConnectionFailed += (_, lost) => log.ConnectionLost(lost.EndPoint, lost.FailureType);
        connections.ConnectionRestored += (_, back) =>
        {
            log.ConnectionRestored(back.EndPoint);
            Interlocked.Exchange(ref restored, Make()).SetResult();
        };
    }

    public bool IsConnected => connections.IsConnected;

    /// <summary>Whether the keys are spread over the servers of a cluster, as far as is known.</summary>
    public bool IsCluster => Array.Exists(
        connections.GetServers(), static server => server.ServerType == ServerType.Cluster);

    /// <summary>Ends when a connection is restored after this was read.</summary>
    public Task Restored => Volatile.Read(ref restored).Task;

    private IDatabase Database { get; }

    /// <summary>Connects; if that fails goes on trying by itself, and returns all the same.</summary>
    public static async Task<Link> OpenAsync(RedisOptions options, TimeProvider clock, ILogger log)
    {
        ConfigurationOptions configuration = LinkConfiguration.Of(options);
        ConnectionMultiplexer connections = await ConnectionMultiplexer.ConnectAsync(configuration);
        return new Link(connections, clock, options, log);
    }

    /// <summary>Asks the database, within the limit.</summary>
    public ValueTask<T> AskAsync<TState, T>(
        TState state, Func<IDatabase, TState, Task<T>> ask, CancellationToken cancellation) =>
        AskAsync((Database, state, ask), static asked => asked.ask(asked.Database, asked.state), cancellation);

    /// <summary>Asks the database, within the limit from then on.</summary>
    /// <param name="state">Handed to <paramref name="ask"/>.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="since">A timestamp of the clock.</param>
    public async ValueTask<T> AskSinceAsync<TState, T>(TState state, Func<IDatabase, TState, Task<T>> ask, long since)
    {
        TimeSpan left = limit - clock.GetElapsedTime(since);
        return left > TimeSpan.Zero
            ? await AskAsync(
                (Database, state, ask),
                static asked => asked.ask(asked.Database, asked.state),
                left,
                CancellationToken.None)
            : throw Failures.TooSlow(limit);   // nor was it sent
    }

    /// <summary>Asks one of the servers, within the limit.</summary>
    public ValueTask<T> AskAsync<TState, T>(
        TState state, Func<TState, Task<T>> ask, CancellationToken cancellation) =>
        AskAsync(state, ask, limit, cancellation);

    /// <summary>Asks one of the servers what nobody waits for who was promised a limit.</summary>
    public ValueTask<T> AskPatientlyAsync<TState, T>(
        TState state, Func<TState, Task<T>> ask, CancellationToken cancellation) =>
        AskAsync(state, ask, patience, cancellation);

    /// <summary>Asks that server, within the limit.</summary>
    public ValueTask<T> AskServerAsync<TState, T>(
        EndPoint server, TState state, Func<IServer, TState, Task<T>> ask, CancellationToken cancellation) =>
        AskAsync(
            (connections, server, state, ask),
            static asked => asked.ask(asked.connections.GetServer(asked.server), asked.state),
            cancellation);

    /// <summary>Which primary has the key.</summary>
    /// <exception cref="StoreException">None can be reached that has.</exception>
    public async ValueTask<EndPoint> PrimaryOfAsync(RedisKey key, CancellationToken cancellation) => await AskAsync(
        key,
        static (database, key) => database.IdentifyEndpointAsync(key, CommandFlags.DemandMaster),
        cancellation) ?? throw Failures.NotReached(null);

    /// <summary>Waits, within the limit, for what some other call of this link is to bring about.</summary>
    public ValueTask<T> BoundAsync<T>(Task<T> outcome, CancellationToken cancellation) =>
        AskAsync(outcome, static outcome => outcome, cancellation);

    /// <inheritdoc cref="Cluster.PrimariesAsync"/>
    public ValueTask<IReadOnlyList<IServer>> PrimariesAsync(CancellationToken cancellation) =>
        AskPatientlyAsync(connections, Cluster.PrimariesAsync, cancellation);

    /// <summary>Listens for as long as the link stands, across lost connections.</summary>
    public void Listen(string channel, Action<RedisValue> hear) => connections.GetSubscriber().Subscribe(
        RedisChannel.Literal(channel), (_, message) => hear(message), CommandFlags.FireAndForget);

    /// <summary>Refuses new calls, waits for those that run, and closes the connections.</summary>
    public async Task CloseAsync()
    {
        await passage.CloseAsync();
        await connections.DisposeAsync();
    }

    private ValueTask<T> AskAsync<TState, T>(
        TState state, Func<TState, Task<T>> ask, TimeSpan most, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        passage.Enter();
        return AskInsideAsync(state, ask, most, cancellation);
    }

    private async ValueTask<T> AskInsideAsync<TState, T>(
        TState state, Func<TState, Task<T>> ask, TimeSpan most, CancellationToken cancellation)
    {
        try
        {
            long start = clock.GetTimestamp();
            for (TimeSpan pause = FirstPause; ; pause *= 2)
            {
                TimeSpan left = most - clock.GetElapsedTime(start);
                try
                {
                    return await WaitAsync(ask(state), left, cancellation);
                }
                catch (RedisException error) when (Failures.HadNoEffect(error) && left > pause)
                {
                    await PauseAsync(pause, cancellation);
                }
                catch (RedisException error)
                {
                    throw Failures.Of(error);
                }
                catch (Exception error) when (Failures.IsOfALostConnection(error, cancellation))
                {
                    throw Failures.Lost(error);
                }
                catch (TimeoutException)
                {
                    throw Failures.TooSlow(most);
                }
            }
        }
        finally
        {
            passage.Leave();
        }
    }

    /// <summary>Until a connection is restored, at the latest after the pause.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using CancellationTokenSource paused = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await await Task.WhenAny(Restored, Task.Delay(pause, clock, paused.Token));
        await paused.CancelAsync();
    }

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<T> WaitAsync<T>(Task<T> answer, TimeSpan left, CancellationToken cancellation)
    {
        if (answer.IsCompleted)
        {
            return await answer;
        }

        try
        {
            return await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellation);
        }
        finally
        {
            if (!answer.IsCompleted)
            {
                // Nobody will look at this answer any more; its failure is no news to anybody.
                _ = answer.ContinueWith(
                    static late => _ = late.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
    }
}
