namespace H2H.Throttle.Engine.Journals;

/// <summary>A place where the chain is broken.</summary>
/// <param name="Kind">What is wrong, as far as the entries around tell.</param>
/// <param name="Position">Where.</param>
/// <param name="Last">The last of those that are concerned; the same if it is one.</param>
public sealed record ChainFault(ChainFaultKind Kind, long Position, long Last)
{
    public ChainFault(ChainFaultKind kind, long position)
        : this(kind, position, position)
    {
    }

    private string Place => Position == Last ? $"Entry {Position}" : $"Entries {Position} to {Last}";

    /// <summary>In a sentence, for people.</summary>
    public override string ToString() => Kind switch
    {
        ChainFaultKind.Changed =>
            $"{Place} was changed, or some before it were taken out and the rest counted anew.",
        ChainFaultKind.Missing => Position == Last ? $"{Place} is missing." : $"{Place} are missing.",
        ChainFaultKind.Reordered => $"{Place} stands where another was.",
        ChainFaultKind.Inserted => Position == Last ? $"{Place} was put in." : $"{Place} were put in.",
        ChainFaultKind.CutOff => Position == Last ? $"{Place} was cut off." : $"{Place} were cut off.",
        ChainFaultKind.Rewritten =>
            $"{Place} is not the one that was written down: it or something before it was changed, and all after it "
            + "hashed anew.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
