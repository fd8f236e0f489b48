namespace H2H.Throttle.Core.Rules;

/// <summary>A counted contact on a timeline.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Weight">What it counts for.</param>
/// <param name="Index">Its place in the person's ledger; <see cref="OfAnother"/>: it is not in there.</param>
internal readonly record struct Placed(long Position, int Weight, int Index)
{
    /// <summary>It is a contact of somebody else in the person's pool.</summary>
    public const int OfAnother = -1;
}
