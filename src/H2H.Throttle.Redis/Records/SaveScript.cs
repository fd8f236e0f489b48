using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Records;

/// <summary>Compare-and-set: the one script by which records change, on which every promise rests.</summary>
/// <remarks>
/// <para>It knows nothing of people or rules and must never learn of them: what is decided is decided outside.</para>
/// <code>
/// KEYS[1]   the record
/// ARGV[1]   the version that must be there: 8 bytes; empty: the record must not be there
/// ARGV[2]   what to store: the new version, 8 bytes, and the value
/// ARGV[3]   when it expires: milliseconds since 1970, by the clock of Redis; empty: never
///
/// answers   1        it was stored
///           string   nothing was changed, and this is stored instead
///           nil      nothing was changed, and nothing is stored
/// </code>
/// <para>
/// Redis runs it alone, from the first line to the last, and time stands still for it: the record cannot expire
/// between the comparison and the change. GETRANGE reads no more than the version, and of an absent record an empty
/// string, which equals the empty ARGV[1]. SET without KEEPTTL takes an older expiry away. Its effects reach replicas
/// and the append-only file as the SET, not as the script.
/// </para>
/// </remarks>
internal static class SaveScript
{
    /// <summary>For measuring what Redis takes for it and nothing else.</summary>
    public const string Text = """
        if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
          return redis.call('GET', KEYS[1])
        end
        if ARGV[3] == '' then
          redis.call('SET', KEYS[1], ARGV[2])
        else
          redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
        end
        return 1
        """;

    private static readonly Script Script = new(Text);

    /// <summary>Null if it was stored; otherwise what is there.</summary>
    public static async Task<Record?> RunAsync(IDatabase database, PendingSave save)
    {
        RedisResult answer = await Script.RunAsync(
            database,
            [save.Key],
            [
                RecordFormat.Write(save.Expected),
                save.Stored,
                save.ExpiresMs is { } milliseconds ? (RedisValue)milliseconds : RedisValue.EmptyString,
            ]);
        return answer.Resp2Type == ResultType.Integer ? null : RecordFormat.Read((RedisValue)answer);
    }
}
