using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Lists;

/// <summary>How far an import has come, in lines that need not be sent again.</summary>
/// <param name="Lines">All of them; 0: nothing was kept, or there is no such import.</param>
/// <param name="Entries">Lines with an address.</param>
/// <param name="Bad">Lines that were left out as bad.</param>
/// <param name="BadLines">The first of those.</param>
/// <param name="IsInForce">It is finished, and the list is what it made of it, or what later imports did.</param>
public sealed record ImportProgress(
    long Lines, long Entries, long Bad, ImmutableArray<BadLine> BadLines, bool IsInForce)
{
    internal static ImportProgress Nothing { get; } = new(0, 0, 0, [], IsInForce: false);

    internal static ImportProgress Of(LayerRecord layer, bool isInForce) =>
        new(layer.Lines, layer.Entries, layer.Bad, layer.BadLines, isInForce);
}
