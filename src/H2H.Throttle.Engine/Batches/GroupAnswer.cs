using H2H.Throttle.Engine.Contacts;

namespace H2H.Throttle.Engine.Batches;

/// <summary>What became of a group.</summary>
/// <param name="Items">
/// An answer for each of its items, in order; null: the person shares limits with others, so that each item has to be
/// made alone.
/// </param>
/// <param name="Repeated">Whether the answer of each was given before; null with the items.</param>
internal sealed record GroupAnswer(BatchAnswer<ReserveResult>[]? Items, bool[]? Repeated)
{
    public static GroupAnswer InPools { get; } = new(null, null);
}
