using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>Appends to a part of the journal if nobody else has: the one script by which it grows.</summary>
/// <remarks>
/// <para>
/// The chain is hashed outside, upon the entry that the caller takes for the last. So the script compares that entry's
/// position and hash with what is there: a journal that lost its end in a failover and grew anew has the position, and
/// not the hash. It never looks into a fact.
/// </para>
/// <code>
/// KEYS[1]   the entries of the part, a stream
/// KEYS[2]   the ids, a hash from the id of a fact to its position; in the same slot
/// KEYS[3]   whose turn it is: the name of an appender, for a while; in the same slot
/// ARGV[1]   the position of the last entry of the journal; 0: there is none
/// ARGV[2]   its hash; of no entry, the empty string
/// ARGV[3]   the channel on which the new last position is told
/// ARGV[4]   the position from which on the part is full
/// ARGV[5]   1: the part may be begun, upon that entry; 0: it is there, or something is wrong
/// ARGV[6]   the name of the appender
/// ARGV[7]   for how many milliseconds it is its turn, if it is refused and it is nobody's; 0: it does not ask
/// ARGV[8…]  for each fact: its id, its hash, the fact
///
/// answers   the new last position, if all was appended
///           else, having appended nothing: [last position, its hash, what the part is, 1 if it is the turn of
///           another, and for each fact its position or nil]
/// </code>
/// <para>
/// All facts are appended or none: Redis runs the script alone, and passes its effects to replicas and the append-only
/// file as one transaction. A fact that is already there changes nothing, and the caller leaves it out. The append
/// that fills the part also ends it; a part that grew past its size before there were parts is ended by the next.
/// </para>
/// <para>
/// Of two that append without pause, the one nearer to Redis would always come first, because it knows the new head
/// sooner. So whoever was refused again and again asks for the turn, and until that has come or has passed only the
/// head is told to the others. Servers from before there were turns ignore them.
/// </para>
/// </remarks>
internal static class AppendScript
{
    private const int FixedArguments = 7;
    private const int ArgumentsAFact = 3;
    private const int FixedAnswers = 4;

    private static readonly Script Script = new("""
        local position, hash, state = 0, '', 'absent'
        local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
        if last then
          local number, side = string.match(last[1], '^(%d+)-(%d+)$')
          position = tonumber(number)
          if side == '0' then
            state, hash = 'open', last[2][2]
          else
            state, hash = last[2][2], last[2][4]
          end
        elseif ARGV[5] == '1' then
          position, hash, state = tonumber(ARGV[1]), ARGV[2], 'new'
        end
        if state == 'open' and position >= tonumber(ARGV[4]) then
          redis.call('XADD', KEYS[1], string.format('%.0f-1', position), 's', 'end', 'h', hash)
          state = 'end'
        end
        local turn = redis.call('GET', KEYS[3])
        local waits = turn and turn ~= ARGV[6]
        local held, known = { position, hash, state, waits and 1 or 0 }, false
        for i = 8, #ARGV, 3 do
          local at = redis.call('HGET', KEYS[2], ARGV[i])
          known = known or at
          held[#held + 1] = at
        end
        local fits = position == tonumber(ARGV[1]) and hash == ARGV[2]
        if known or waits or state == 'end' or state == 'absent' or not fits then
          if ARGV[7] ~= '0' and not waits then
            redis.call('SET', KEYS[3], ARGV[6], 'PX', ARGV[7])
          end
          return held
        end
        if turn then
          redis.call('DEL', KEYS[3])
        end
        if state == 'new' and position > 0 then
          redis.call('XADD', KEYS[1], string.format('%.0f-1', position), 's', 'begin', 'h', hash)
        end
        for i = 8, #ARGV, 3 do
          position = position + 1
          redis.call('XADD', KEYS[1], string.format('%.0f-0', position), 'h', ARGV[i + 1], 'f', ARGV[i + 2])
          redis.call('HSET', KEYS[2], ARGV[i], string.format('%.0f', position))
        end
        if position >= tonumber(ARGV[4]) then
          redis.call('XADD', KEYS[1], string.format('%.0f-1', position), 's', 'end', 'h', ARGV[#ARGV - 1])
        end
        redis.call('PUBLISH', ARGV[3], string.format('%.0f', position))
        return position
        """);

    public static async Task<AppendAnswer> RunAsync(
        IDatabase database, KeySpace keys, Place place, Turn turn, IReadOnlyList<JournalFact> facts)
    {
        RedisValue[] arguments = new RedisValue[FixedArguments + (facts.Count * ArgumentsAFact)];
        arguments[0] = place.Head.Position;
        arguments[1] = place.Head.Position == 0 ? RedisValue.EmptyString : place.Head.Hash;
        arguments[2] = keys.JournalChannel;
        arguments[3] = place.FullAt;
        arguments[4] = place.MayBegin;
        arguments[5] = turn.Appender;
        arguments[6] = turn.AskedForMs;
        ReadOnlyMemory<byte> hash = place.Head.Hash;
        for (int index = 0; index < facts.Count; index++)
        {
            hash = JournalChain.Next(hash, facts[index]);
            int at = FixedArguments + (index * ArgumentsAFact);
            arguments[at] = facts[index].Id;
            arguments[at + 1] = hash;
            arguments[at + 2] = EntryFormat.Write(facts[index]);
        }

        RedisResult answer = await Script.RunAsync(
            database,
            [keys.JournalEntriesOf(place.Part), keys.JournalIdsOf(place.Part), keys.JournalTurnOf(place.Part)],
            arguments);
        return answer.Resp2Type == ResultType.Integer
            ? new AppendAnswer.Appended(new Head((long)answer, hash))
            : Refused(answer);
    }

    private static AppendAnswer.Refused Refused(RedisResult answer)
    {
        long position = (long)answer[0];
        Head head = position == 0 ? Head.Empty : new Head(position, (byte[])answer[1]!);
        PartState state = (string?)answer[2] switch
        {
            "absent" => PartState.Absent,
            "end" => PartState.Full,
            _ => PartState.Open,
        };
        return new AppendAnswer.Refused(
            head,
            state,
            (bool)answer[3],
            [.. Enumerable.Range(FixedAnswers, answer.Length - FixedAnswers).Select(index => (long?)answer[index])]);
    }
}
