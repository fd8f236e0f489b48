using H2H.Throttle.Engine.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Records;

/// <summary>A save on its way.</summary>
/// <param name="Key">In Redis.</param>
/// <param name="Expected">What must be there.</param>
/// <param name="Version">What will be there.</param>
/// <param name="Stored">The new version and the value.</param>
/// <param name="ExpiresMs">Since 1970; null: never.</param>
internal sealed record PendingSave(
    RedisKey Key, RecordVersion Expected, RecordVersion Version, byte[] Stored, long? ExpiresMs);
