using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Pools;

/// <summary>A pool's record as it was loaded.</summary>
internal sealed record StoredPool(PoolKey Key, RecordVersion Version, PoolRecord Record);
