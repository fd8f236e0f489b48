using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;
using NodaTime;

namespace H2H.Throttle.Engine.Policies;

/// <summary>A policy as it was published. It never changes and is kept for good.</summary>
/// <param name="Number">1 for the first, and one more for each.</param>
/// <param name="Name">The policy's own name.</param>
/// <param name="Rules">The names of its rules, in order.</param>
/// <param name="Document">To the letter as it was published.</param>
/// <param name="Comment">Why; maybe empty.</param>
/// <param name="PublishedAt">When it came into force.</param>
public sealed record PolicyVersion(
    long Number, string Name, ImmutableArray<string> Rules, string Document, string Comment, Instant PublishedAt)
{
    /// <summary>Who published it; null: not told, or it is older than this.</summary>
    public Actor? Author { get; init; }

    /// <summary>The version that it put in force again; null: its document was new.</summary>
    public long? Restores { get; init; }
}
