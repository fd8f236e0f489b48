namespace H2H.Throttle.Core.Rules;

/// <summary>
/// Contacts in the order of their positions, and the question whether one more fits among them such that no window of
/// <c>span</c> positions that holds it weighs more than the limit.
/// </summary>
/// <remarks>
/// A shortest run of neighbours that leaves no room, from position f to l with l − f &lt; span, forbids the positions
/// strictly between l − span and f + span: there, and only there, one window holds the run and the new contact. Both
/// ends rise from run to run, so one pass over them in order answers exactly, for contacts before and after alike. What
/// a run forbids holds the run itself, so where some positions never come (31 February), the first after it that does
/// come is forbidden too.
/// </remarks>
internal readonly ref struct Crowd(ReadOnlySpan<Placed> placed, long span, int weight, int limit)
{
    private readonly ReadOnlySpan<Placed> placed = placed;

    /// <summary>The first position, not before the given one, where it fits; null: nowhere.</summary>
    public long? FreeFrom(long position)
    {
        if (weight > limit)
        {
            return null;
        }

        int sum = 0;
        int end = 0;
        for (int first = 0; first < placed.Length; first++)
        {
            if (!ExtendRun(ref sum, ref end))
            {
                break;
            }

            (long from, long to) = Forbidden(first, end - 1);
            if (from > position)
            {
                break;
            }

            if (to >= position)
            {
                position = to + 1;
            }

            sum -= placed[first].Weight;
        }

        return position;
    }

    /// <summary>
    /// The first position, not before the given one, where it does not fit; null: it fits everywhere.
    /// </summary>
    public long? BusyFrom(long position)
    {
        if (weight > limit)
        {
            return position;
        }

        int sum = 0;
        int end = 0;
        for (int first = 0; first < placed.Length && ExtendRun(ref sum, ref end); first++)
        {
            (long from, long to) = Forbidden(first, end - 1);
            if (from <= to && to >= position)
            {
                return Math.Max(from, position);
            }

            sum -= placed[first].Weight;
        }

        return null;
    }

    /// <summary>Of the windows that hold the position, the contacts of the heaviest; of equals the earliest.</summary>
    public ReadOnlySpan<Placed> HeaviestAround(long position)
    {
        int bestStart = 0;
        int bestEnd = 0;
        int best = -1;
        int sum = 0;
        int end = 0;
        for (int first = 0; first <= placed.Length; first++)
        {
            long start = first < placed.Length ? Math.Min(placed[first].Position, position) : position;
            while (end < placed.Length && placed[end].Position < start + span)
            {
                sum += placed[end++].Weight;
            }

            if (start > position - span && sum > best)
            {
                (best, bestStart, bestEnd) = (sum, first, end);
            }

            if (first == placed.Length || placed[first].Position >= position)
            {
                break;
            }

            sum -= placed[first].Weight;
        }

        return placed[bestStart..bestEnd];
    }

    private bool ExtendRun(ref int sum, ref int end)
    {
        while (end < placed.Length && sum + weight <= limit)
        {
            sum += placed[end++].Weight;
        }

        return sum + weight > limit;
    }

    private (long From, long To) Forbidden(int first, int last) => placed[last].Position - placed[first].Position < span
        ? (placed[last].Position - span + 1, placed[first].Position + span - 1)
        : (placed[last].Position - span + 1, long.MinValue);
}
