using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Requests;

/// <summary>What became of a contact, as a caller describes it, not checked yet.</summary>
/// <param name="Name">A standard outcome, or one that the policy declares; null or empty: not known yet.</param>
public sealed record OutcomeDraft(string? Name)
{
    /// <summary>
    /// What was talked about, where that is not what the contact was placed for; none: it is, or nobody says.
    /// </summary>
    public ImmutableArray<string> Discussed { get; init; } = [];
}
