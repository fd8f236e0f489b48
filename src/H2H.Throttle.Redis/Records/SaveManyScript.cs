using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Records;

/// <summary>
/// Compare-and-set of many records in one step, each as <see cref="SaveScript"/> does it; not in a cluster, where they
/// lie in different slots.
/// </summary>
/// <remarks>
/// <code>
/// KEYS[i]         a record
/// ARGV[3i - 2]    the version that must be there, ARGV[3i - 1] what to store, ARGV[3i] when it expires: see SaveScript
///
/// answers   for each of them: 1, a string or nil as SaveScript does, or an error: then nothing was changed
/// </code>
/// <para>
/// What fails for one leaves the others alone: pcall answers with an error instead of ending the script.
/// </para>
/// </remarks>
internal static class SaveManyScript
{
    private const int ArgumentsEach = 3;

    private static readonly Script Script = new("""
        local answers = {}
        for i, key in ipairs(KEYS) do
          local version = redis.pcall('GETRANGE', key, 0, 7)
          if type(version) == 'table' then
            answers[i] = version
          elseif version ~= ARGV[3 * i - 2] then
            answers[i] = redis.pcall('GET', key)
          else
            local saved
            if ARGV[3 * i] == '' then
              saved = redis.pcall('SET', key, ARGV[3 * i - 1])
            else
              saved = redis.pcall('SET', key, ARGV[3 * i - 1], 'PXAT', ARGV[3 * i])
            end
            answers[i] = saved.err and saved or 1
          end
        end
        return answers
        """);

    /// <summary>For each, in their order.</summary>
    public static async Task<StoreAnswer<SaveResult>[]> RunAsync(IDatabase database, PendingSave[] saves)
    {
        RedisValue[] arguments = new RedisValue[saves.Length * ArgumentsEach];
        for (int i = 0; i < saves.Length; i++)
        {
            arguments[ArgumentsEach * i] = RecordFormat.Write(saves[i].Expected);
            arguments[(ArgumentsEach * i) + 1] = saves[i].Stored;
            arguments[(ArgumentsEach * i) + 2] =
                saves[i].ExpiresMs is { } milliseconds ? (RedisValue)milliseconds : RedisValue.EmptyString;
        }

        RedisResult answers = await Script.RunAsync(
            database, Array.ConvertAll(saves, static save => save.Key), arguments);
        if (Enumerable.Range(0, saves.Length).All(i => answers[i].Resp2Type == ResultType.Error))
        {
            throw new RedisServerException(answers[0].ToString());   // of Redis, not of a record: maybe it passes
        }

        StoreAnswer<SaveResult>[] read = new StoreAnswer<SaveResult>[saves.Length];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = Read(answers[i], saves[i]);
        }

        return read;
    }

    private static StoreAnswer<SaveResult> Read(RedisResult answer, PendingSave save)
    {
        try
        {
            return answer.Resp2Type switch
            {
                ResultType.Integer => new(new SaveResult.Saved(save.Version), null),
                ResultType.Error => new(null, Failures.Of(new RedisServerException(answer.ToString()))),
                _ => new(new SaveResult.Conflict(RecordFormat.Read((RedisValue)answer)), null),
            };
        }
        catch (StoreException foreign)
        {
            return new(null, foreign);
        }
    }
}
