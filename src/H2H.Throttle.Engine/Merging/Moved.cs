using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>That a record is but another name of a person, who is kept elsewhere.</summary>
/// <param name="To">Where; that record may have moved in its turn.</param>
/// <param name="Merge">Which merge it was; empty: none, it is a linked address.</param>
/// <param name="At">When.</param>
/// <param name="IsDone">False: what the record held is not there yet, and whoever finds this helps.</param>
internal sealed record Moved(PersonKey To, string Merge, Instant At, bool IsDone)
{
    /// <summary>The record as it was before; empty: it had nothing, or undoing is not possible any more.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Who joins them, for the journal; null: not told, or it is done.</summary>
    public Signatory? By { get; init; }
}
