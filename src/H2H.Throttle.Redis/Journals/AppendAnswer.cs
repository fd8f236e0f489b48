using System.Collections.Immutable;

namespace H2H.Throttle.Redis.Journals;

/// <summary>What became of an attempt to append.</summary>
internal abstract record AppendAnswer
{
    private AppendAnswer()
    {
    }

    /// <summary>All is there, and <paramref name="Head"/> is the last of it.</summary>
    public sealed record Appended(Head Head) : AppendAnswer;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Head">The last entry that is there.</param>
    /// <param name="State">Of the part; where it is not open, the last entry there is not that of the journal.</param>
    /// <param name="MustWait">It is the turn of another, who is likely to have come soon.</param>
    /// <param name="Positions">For each fact that was to be appended where it is; null: it is not.</param>
    public sealed record Refused(Head Head, PartState State, bool MustWait, ImmutableArray<long?> Positions)
        : AppendAnswer;
}
