using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>Appends to the journal if nobody else has: the one script by which it grows.</summary>
/// <remarks>
/// <para>
/// The chain is hashed outside, upon the entry that the caller takes for the last. So the script compares that entry's
/// position and hash with what is there: a journal that lost its end in a failover and grew anew has the position, and
/// not the hash. It never looks into a fact.
/// </para>
/// <code>
/// KEYS[1]   the entries, a stream
/// KEYS[2]   the ids, a hash from the id of a fact to its position; in the same slot
/// ARGV[1]   the position of the last entry; 0: there is none
/// ARGV[2]   its hash; of no entry, the empty string
/// ARGV[3]   the channel on which the new last position is told
/// ARGV[4…]  for each fact: its id, its hash, the fact
///
/// answers   the new last position, if all was appended
///           else, having changed nothing: [last position, its hash, and for each fact its position or nil]
/// </code>
/// <para>
/// All facts are appended or none: Redis runs the script alone, and passes its effects to replicas and the append-only
/// file as one transaction. A fact that is already there changes nothing, and the caller leaves it out.
/// </para>
/// </remarks>
internal static class AppendScript
{
    private const int FixedArguments = 3;
    private const int ArgumentsAFact = 3;

    private static readonly Script Script = new("""
        local position, hash = 0, ''
        local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
        if last then
          position = tonumber(string.match(last[1], '^%d+'))
          hash = last[2][2]
        end
        local held, known = { position, hash }, false
        for i = 4, #ARGV, 3 do
          local at = redis.call('HGET', KEYS[2], ARGV[i])
          known = known or at
          held[#held + 1] = at
        end
        if known or position ~= tonumber(ARGV[1]) or hash ~= ARGV[2] then
          return held
        end
        for i = 4, #ARGV, 3 do
          position = position + 1
          redis.call('XADD', KEYS[1], string.format('%.0f-0', position), 'h', ARGV[i + 1], 'f', ARGV[i + 2])
          redis.call('HSET', KEYS[2], ARGV[i], string.format('%.0f', position))
        end
        redis.call('PUBLISH', ARGV[3], string.format('%.0f', position))
        return position
        """);

    public static async Task<AppendAnswer> RunAsync(
        IDatabase database, KeySpace keys, Head head, IReadOnlyList<JournalFact> facts)
    {
        RedisValue[] arguments = new RedisValue[FixedArguments + (facts.Count * ArgumentsAFact)];
        arguments[0] = head.Position;
        arguments[1] = head.Position == 0 ? RedisValue.EmptyString : head.Hash;
        arguments[2] = keys.JournalChannel;
        ReadOnlyMemory<byte> hash = head.Hash;
        for (int index = 0; index < facts.Count; index++)
        {
            hash = JournalChain.Next(hash, facts[index]);
            int at = FixedArguments + (index * ArgumentsAFact);
            arguments[at] = facts[index].Id;
            arguments[at + 1] = hash;
            arguments[at + 2] = EntryFormat.Write(facts[index]);
        }

        RedisResult answer = await Script.RunAsync(database, [keys.JournalEntries, keys.JournalIds], arguments);
        return answer.Resp2Type == ResultType.Integer
            ? new AppendAnswer.Appended(new Head((long)answer, hash))
            : Refused(answer);
    }

    private static AppendAnswer.Refused Refused(RedisResult answer)
    {
        long position = (long)answer[0];
        Head head = position == 0 ? Head.Empty : new Head(position, (byte[])answer[1]!);
        return new AppendAnswer.Refused(
            head, [.. Enumerable.Range(2, answer.Length - 2).Select(index => (long?)answer[index])]);
    }
}
