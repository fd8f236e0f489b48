namespace H2H.Throttle.Engine.Journals;

/// <summary>What is wrong with a chain.</summary>
public enum ChainFaultKind
{
    /// <summary>
    /// The entry is not what its hash was made of: it, or its hash, was changed; or entries before it were taken out
    /// and the rest counted anew.
    /// </summary>
    Changed,

    /// <summary>Entries are not there.</summary>
    Missing,

    /// <summary>An entry stands where another was.</summary>
    Reordered,

    /// <summary>An entry is chained to nothing, and those around it to each other.</summary>
    Inserted,

    /// <summary>The journal ends before an entry that was written down.</summary>
    CutOff,

    /// <summary>
    /// The chain is whole, but an entry is not the one that was written down: it or something before it was changed,
    /// and everything after it hashed anew.
    /// </summary>
    Rewritten,
}
