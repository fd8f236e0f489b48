using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>A script that Redis runs as one step, called by its hash.</summary>
/// <remarks>
/// A server that does not know it (restarted, flushed, new in the cluster) says so without having run anything; then
/// the text itself is sent, which also makes it known.
/// </remarks>
internal sealed class Script(string text)
{
    private const string UnknownCode = "NOSCRIPT";

    // SHA-1 is how Redis names scripts; nothing rests on its strength.
    private readonly byte[] hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));

    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(hash, keys, arguments);
        }
        catch (RedisServerException error) when (error.Message.StartsWith(UnknownCode, StringComparison.Ordinal))
        {
            return await database.ExecuteAsync(
                "EVAL",
                [text, keys.Length, .. keys.Cast<object>(), .. arguments.Cast<object>()]);
        }
    }
}
