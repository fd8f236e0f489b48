namespace H2H.Throttle.Core.Rules;

/// <summary>A counted contact on a timeline.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Weight">What it counts for.</param>
/// <param name="Index">Its place in the ledger.</param>
internal readonly record struct Placed(long Position, int Weight, int Index);
