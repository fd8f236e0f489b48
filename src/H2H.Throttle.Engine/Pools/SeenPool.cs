using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;

namespace H2H.Throttle.Engine.Pools;

/// <summary>A pool as one of its people sees it.</summary>
/// <param name="Kind">Of the pool.</param>
/// <param name="Stored">Its record.</param>
/// <param name="Open">The claims that may still come true, the person's own included.</param>
/// <param name="Others">What the others have had and are about to have.</param>
internal sealed record SeenPool(string Kind, StoredPool Stored, ImmutableArray<PoolClaim> Open, PoolLedger Others);
