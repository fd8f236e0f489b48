using H2H.Throttle.Engine.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>The names of everything that this service keeps in Redis.</summary>
/// <remarks>
/// <code>
/// PREFIX r:KIND:ID            a record: a string, see RecordFormat. Each is in the cluster slot of its own name.
/// PREFIX fence:{RECORD}       gone at once: what a replica is waited for by, in the slot of the record.
/// PREFIX {journal}:entries    the first part of the journal: a stream whose ids are POSITION-0, see EntryFormat.
/// PREFIX {journal}:ids        a hash from the id of a fact in it to its position. In the slot of the stream.
/// PREFIX {journal}:turn       whose turn it is to append, while somebody waits for it, see AppendScript.
/// PREFIX {journal:N}:entries  part N of the journal, from 1, the same way; each part in a slot of its own.
/// PREFIX {journal:N}:ids
/// PREFIX {journal:N}:turn
/// PREFIX journal              the channel on which each new last position is told.
/// </code>
/// <para>
/// The journal is spread over slots by position: a part takes 2^20 entries, and then the next one does, whose first
/// entry is chained to the last of it. One chain needs one place that says what comes next, and that is the part that
/// grows; what no longer grows, nearly all of it, lies where its slots are. Measured on one core with the append-only
/// file, a fact of 120 bytes: 17 thousand facts a second one by one, 69 thousand in batches of 16; 272 bytes of memory
/// each, so a part is about 285 MB. Only what people say and admins do goes there: the rate of one slot is far above
/// what a cluster full of the people who say it brings, and its memory was not.
/// </para>
/// <para>
/// A part ends with the append that fills it, however many facts that has, so that an append is never in two slots. A
/// journal from before there were parts is the first part, of whatever size it is. Servers from before then append
/// nothing any more once it is full: they take its end for a journal that they do not know.
/// </para>
/// </remarks>
internal sealed class KeySpace(string prefix, int journalPartEntries)
{
    /// <summary>How many entries fill a part of the journal.</summary>
    public int JournalPartEntries => journalPartEntries;

    public string JournalChannel { get; } = $"{prefix}journal";

    /// <param name="part">From 0.</param>
    public RedisKey JournalEntriesOf(int part) => $"{prefix}{{{TagOf(part)}}}:entries";

    /// <param name="part">From 0.</param>
    public RedisKey JournalIdsOf(int part) => $"{prefix}{{{TagOf(part)}}}:ids";

    /// <param name="part">From 0.</param>
    public RedisKey JournalTurnOf(int part) => $"{prefix}{{{TagOf(part)}}}:turn";

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

    private static string TagOf(int part) => part == 0 ? "journal" : $"journal:{part}";
}
