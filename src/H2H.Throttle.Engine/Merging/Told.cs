using System.Collections.Immutable;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What two people who are one were told and said, together.</summary>
internal static class Told
{
    /// <summary>Oldest first; beyond the most that are kept the oldest are left out.</summary>
    public static ImmutableArray<HistoryEntry> Join(
        ImmutableArray<HistoryEntry> one, ImmutableArray<HistoryEntry> other) =>
        [.. one.Concat(other).OrderBy(static entry => entry.At).TakeLast(HistoryEntry.EntriesMax)];

    /// <summary>Those alike in one, by the latest time.</summary>
    public static ImmutableArray<Refusals> Join(ImmutableArray<Refusals> one, ImmutableArray<Refusals> other) =>
    [
        .. one.Concat(other)
            .GroupBy(static refused => (refused.Channel, refused.Purpose, refused.Brand, refused.Topic))
            .Select(static alike => alike.First() with
            {
                Count = alike.Sum(static refused => refused.Count),
                LastAt = alike.Max(static refused => refused.LastAt),
            })
            .OrderBy(static refused => refused.LastAt)
            .TakeLast(Refusals.RefusalsMax),
    ];
}
