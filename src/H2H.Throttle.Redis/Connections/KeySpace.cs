using H2H.Throttle.Engine.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>The names of everything that this service keeps in Redis.</summary>
/// <remarks>
/// <code>
/// PREFIX r:KIND:ID            a record: a string, see RecordFormat. Each is in the cluster slot of its own name.
/// PREFIX fence:{RECORD}       gone at once: what a replica is waited for by, in the slot of the record.
/// PREFIX {journal}:entries    the journal: a stream whose ids are POSITION-0, see EntryFormat.
/// PREFIX {journal}:ids        a hash from the id of a fact to its position. In the slot of the stream.
/// PREFIX journal              the channel on which each new last position is told.
/// </code>
/// <para>
/// The journal is not spread over slots. One chain needs one place that says what comes next, and that place is what
/// sharding would have to ask too. Measured on one core with the append-only file, a fact of 120 bytes: 17 thousand
/// facts a second one by one, 69 thousand in batches of 16, 177 thousand in a second of Redis' processor time; 272
/// bytes of memory each. Only what people say and admins do goes there, so ten million such facts are 2.7 GB in one
/// slot, and long before that the traffic of the people who said them, which is spread, is what fills the cluster.
/// </para>
/// </remarks>
internal sealed class KeySpace(string prefix)
{
    public RedisKey JournalEntries { get; } = $"{prefix}{{journal}}:entries";

    public RedisKey JournalIds { get; } = $"{prefix}{{journal}}:ids";

    public string JournalChannel { get; } = $"{prefix}journal";

    public RedisKey Of(RecordKey key) => $"{prefix}r:{key.Kind}:{key.Id}";

    public RedisKey FenceOf(RedisKey record) => $"{prefix}fence:{{{record}}}";

    /// <summary>What the keys of a kind match, and nothing else: no letter of it is special to Redis.</summary>
    public string PatternOf(string kind) => $"{prefix}r:{new RecordKey(kind, "any").Kind}:*";

    /// <summary>What the keys of all records match, and nothing else.</summary>
    public string PatternOfAll() => $"{prefix}r:*";

    /// <summary>Which record the key is of.</summary>
    public RecordKey Read(string key)
    {
        string[] parts = key[(prefix.Length + 2)..].Split(':', 2);
        return new RecordKey(parts[0], parts[1]);
    }

    /// <summary>The id of a record of that kind.</summary>
    public string IdOf(string kind, string key) => key[(prefix.Length + kind.Length + 3)..];
}
