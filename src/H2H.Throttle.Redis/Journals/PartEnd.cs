using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>How a part of the journal ends at the moment.</summary>
/// <param name="IsFull">It takes nothing any more.</param>
/// <param name="IsAbsent">Nothing is there.</param>
/// <param name="Head">Its last entry, if it is full.</param>
/// <param name="LastAt">When the last fact in it happened; <see cref="Instant.MaxValue"/>: it is not known.</param>
internal sealed record PartEnd(bool IsFull, bool IsAbsent, Head Head, Instant LastAt)
{
    /// <param name="last">The last two of the part, the last first.</param>
    /// <param name="next">The first of the part after it.</param>
    public static PartEnd Of(StreamEntry[] last, StreamEntry[] next)
    {
        Instant lastAt = Array.FindIndex(last, static entry => !EntryFormat.IsMark(entry)) is >= 0 and int index
            ? EntryFormat.Read(last[index]).Fact.At
            : Instant.MaxValue;

        // A part whose next has been begun was full, even if a failover lost that and what came before it.
        if (next.Length > 0)
        {
            return new PartEnd(IsFull: true, IsAbsent: false, EntryFormat.ReadMark(next[0]), lastAt);
        }

        return last.Length > 0 && EntryFormat.IsEnd(last[0])
            ? new PartEnd(IsFull: true, IsAbsent: false, EntryFormat.ReadMark(last[0]), lastAt)
            : new PartEnd(IsFull: false, last.Length == 0, Head.Empty, lastAt);
    }
}
