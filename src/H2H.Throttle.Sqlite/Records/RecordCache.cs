using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>The records used of late, exactly as the file holds them. Safe from any thread.</summary>
/// <remarks>
/// Only this process writes the file, and only its writer changes a record, so that what is here is no older than the
/// last commit: the writer puts a record here after its commit and before its caller is answered. A read connection
/// would instead fetch its pages anew after every commit of anybody, which costs more than the decision itself.
/// </remarks>
internal sealed class RecordCache
{
    private const int ShardCount = 64;

    private readonly RecordCacheShard[] shards;

    /// <param name="bytesMax">How much memory it may take, about; 0 keeps nothing.</param>
    public RecordCache(long bytesMax)
    {
        shards = new RecordCacheShard[ShardCount];
        for (int i = 0; i < ShardCount; i++)
        {
            shards[i] = new RecordCacheShard(bytesMax / ShardCount);
        }
    }

    /// <summary>The record as of the last commit, or null: then it may be in the file or not.</summary>
    public StoredRecord? Find(RecordKey key) => ShardOf(key).Find(key);

    /// <summary>To be taken before a read of the file whose answer will be offered.</summary>
    public long TakeTicket(RecordKey key) => ShardOf(key).TakeTicket();

    /// <summary>Keeps what was read from the file, unless a commit since the ticket may have made it old.</summary>
    public void Offer(RecordKey key, StoredRecord read, long ticket) => ShardOf(key).Offer(key, read, ticket);

    /// <summary>Keeps what was committed; null if the record is gone.</summary>
    public void Publish(RecordKey key, StoredRecord? committed) => ShardOf(key).Publish(key, committed);

    /// <summary>Forgets everything: after a failed commit only the file knows what it holds.</summary>
    public void Clear()
    {
        foreach (RecordCacheShard shard in shards)
        {
            shard.Clear();
        }
    }

    private RecordCacheShard ShardOf(RecordKey key) => shards[(uint)key.GetHashCode() % ShardCount];
}
