using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>A whole policy that is asked beside the one in force, and decides nothing.</summary>
/// <param name="Number">1 for the first that was ever set, and one more for each.</param>
/// <param name="Policy">What the document says.</param>
/// <param name="Document">To the letter as it was given.</param>
/// <param name="Comment">Why; maybe empty.</param>
/// <param name="SetAt">When.</param>
public sealed record ShadowPolicy(long Number, Policy Policy, string Document, string Comment, Instant SetAt)
{
    /// <summary>The names of its rules, in order.</summary>
    public ImmutableArray<string> Rules { get; } = [.. Policy.Rules.Select(static rule => rule.Name)];
}
