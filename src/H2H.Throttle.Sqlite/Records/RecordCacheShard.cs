using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>One part of the cache, under a lock of its own. Makes room by dropping what was used longest ago.</summary>
internal sealed class RecordCacheShard(long bytesMax)
{
    private const int OverheadBytes = 300;   // key, node, record and their places in the collections

    private readonly Lock gate = new();
    private readonly Dictionary<RecordKey, LinkedListNode<(RecordKey Key, StoredRecord Stored)>> nodes = [];
    private readonly LinkedList<(RecordKey Key, StoredRecord Stored)> byUse = [];   // used last, last
    private long bytes;
    private long changes;

    public StoredRecord? Find(RecordKey key)
    {
        lock (gate)
        {
            if (!nodes.TryGetValue(key, out LinkedListNode<(RecordKey, StoredRecord Stored)>? node))
            {
                return null;
            }

            byUse.Remove(node);
            byUse.AddLast(node);
            return node.Value.Stored;
        }
    }

    public long TakeTicket()
    {
        lock (gate)
        {
            return changes;
        }
    }

    public void Offer(RecordKey key, StoredRecord read, long ticket)
    {
        lock (gate)
        {
            if (changes == ticket)
            {
                Drop(key);
                Keep(key, read);
            }
        }
    }

    public void Publish(RecordKey key, StoredRecord? committed)
    {
        lock (gate)
        {
            changes++;
            Drop(key);
            if (committed is not null)
            {
                Keep(key, committed);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            changes++;
            nodes.Clear();
            byUse.Clear();
            bytes = 0;
        }
    }

    private void Keep(RecordKey key, StoredRecord stored)
    {
        nodes.Add(key, byUse.AddLast((key, stored)));
        bytes += SizeOf(stored);
        while (bytes > bytesMax)
        {
            Drop(byUse.First!.Value.Key);
        }
    }

    private void Drop(RecordKey key)
    {
        if (nodes.Remove(key, out LinkedListNode<(RecordKey, StoredRecord Stored)>? node))
        {
            byUse.Remove(node);
            bytes -= SizeOf(node.Value.Stored);
        }
    }

    private static long SizeOf(StoredRecord stored) => stored.Record.Value.Length + OverheadBytes;
}
