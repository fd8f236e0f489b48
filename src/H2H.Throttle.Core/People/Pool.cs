using H2H.Throttle.Core.Ledgers;

namespace H2H.Throttle.Core.People;

/// <summary>A pool that a person is in: people who share a limit.</summary>
/// <param name="Key">Stands for the pool; the same for all who are in it.</param>
public sealed record Pool(string Key)
{
    /// <summary>The most pools that one person is in, each of another kind.</summary>
    public const int PoolsMax = 8;

    public const int KindLengthMax = 64;

    /// <summary>What the others have had, as seen now. Empty where no rule asks for it.</summary>
    public PoolLedger Others { get; init; } = PoolLedger.Empty;
}
