using NodaTime;

namespace H2H.Throttle.Redis.Journals;

/// <summary>A part of the journal that takes nothing any more.</summary>
/// <param name="Head">Its last entry, to which the first of the next part is chained.</param>
/// <param name="LastAt">When the last fact in it happened.</param>
internal sealed record FullPart(Head Head, Instant LastAt)
{
    // Clocks of servers differ, and a caller may give a time of its own.
    private static readonly long SlackTicks = Duration.FromDays(1).BclCompatibleTicks;

    /// <summary>Whether a fact of that instant can be in it: nothing is appended before it happened.</summary>
    public bool MayHold(Instant at) => LastAt.ToUnixTimeTicks() >= at.ToUnixTimeTicks() - SlackTicks;
}
