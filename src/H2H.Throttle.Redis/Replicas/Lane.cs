using System.Net;
using System.Threading.Channels;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Replicas;

/// <summary>Waits for the replicas of one primary, for all who ask meanwhile at once.</summary>
/// <remarks>
/// <para>
/// WAIT tells how many replicas have what its own connection wrote last. After a reconnection that is nothing, and
/// proves nothing. So each round writes: it reads the versions of the records, which shows that this primary has them,
/// then writes a key that is gone at once, then waits for that. What a replica has of a primary it has up to some point
/// without gaps, so who has the key has the records too. That the connection was the same throughout is known by its
/// id, which Redis gives to no other.
/// </para>
/// <para>WAIT keeps its connection busy, and is therefore never sent on the one that everybody uses.</para>
/// </remarks>
internal sealed class Lane
{
    private const int QueueMax = 16_384;
    private const int RoundMax = 256;

    private readonly Link link;
    private readonly KeySpace keys;
    private readonly EndPoint primary;
    private readonly int waitMs;
    private readonly Func<Durability> alone;
    private readonly Channel<PendingSecure> queue = Channel.CreateBounded<PendingSecure>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Task working;

    /// <param name="link">Of its own, for waiting.</param>
    /// <param name="keys">Names what it writes.</param>
    /// <param name="primary">Whose replicas.</param>
    /// <param name="waitMs">How long at most, a round.</param>
    /// <param name="alone">What a primary without a replica gives.</param>
    public Lane(Link link, KeySpace keys, EndPoint primary, int waitMs, Func<Durability> alone)
    {
        (this.link, this.keys, this.primary, this.waitMs, this.alone) = (link, keys, primary, waitMs, alone);
        working = Task.Run(WorkAsync);
    }

    /// <exception cref="StoreException">Too many wait.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public void Enqueue(PendingSecure pending)
    {
        if (!queue.Writer.TryWrite(pending))
        {
            ObjectDisposedException.ThrowIf(queue.Reader.Completion.IsCompleted, typeof(RedisStore));
            throw Failures.Overloaded();
        }
    }

    /// <summary>Finishes what waits.</summary>
    public Task CloseAsync()
    {
        queue.Writer.TryComplete();
        return working;
    }

    private async Task WorkAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            List<PendingSecure> round = [];
            while (round.Count < RoundMax && queue.Reader.TryRead(out PendingSecure? pending))
            {
                round.Add(pending);
            }

            try
            {
                (bool[] areThere, bool isReplicated) = await link.AskServerAsync(
                    primary, round, RunAsync, CancellationToken.None);
                Durability durability = isReplicated ? Durability.Replicated : alone();
                for (int index = 0; index < round.Count; index++)
                {
                    round[index].Succeed(areThere[index] ? durability : null);
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                round.ForEach(pending => pending.Fail(error));
            }
        }
    }

    /// <summary>Which records are there as they were saved, and whether a replica has them.</summary>
    private async Task<(bool[] AreThere, bool IsReplicated)> RunAsync(IServer server, List<PendingSecure> round)
    {
        Task<RedisResult> connection = AskAsync(server, "CLIENT", "ID");
        Task<RedisResult[]> versions = Task.WhenAll(round.Select(
            pending => AskAsync(server, "GETRANGE", pending.Key, 0, RecordFormat.VersionBytes - 1)));
        Task<RedisResult> fence = AskAsync(server, "SET", keys.FenceOf(round[0].Key), "", "PX", 1);
        Task<RedisResult> replication = AskAsync(server, "INFO", "replication");
        await Task.WhenAll(connection, versions, fence, replication);

        bool[] areThere =
        [
            .. round.Zip(await versions, static (pending, version) =>
                RecordFormat.Write(pending.Version).AsSpan().SequenceEqual((byte[])version!)),
        ];
        return (areThere, HasReplica(await replication) && await WaitAsync(server, await connection));
    }

    private async Task<bool> WaitAsync(IServer server, RedisResult connection)
    {
        Task<RedisResult> acknowledged = AskAsync(server, "WAIT", 1, waitMs);
        Task<RedisResult> same = AskAsync(server, "CLIENT", "ID");
        await Task.WhenAll(acknowledged, same);
        return (long)await acknowledged > 0 && (long)await same == (long)connection;
    }

    private static bool HasReplica(RedisResult replication) =>
        !((string)replication!).Contains("connected_slaves:0", StringComparison.Ordinal);

    /// <summary>Here or nowhere: an answer of another server would prove nothing.</summary>
    private static Task<RedisResult> AskAsync(IServer server, string command, params object[] arguments) =>
        server.ExecuteAsync(
            server.Multiplexer.GetDatabase().Database, command, arguments, CommandFlags.NoRedirect);
}
