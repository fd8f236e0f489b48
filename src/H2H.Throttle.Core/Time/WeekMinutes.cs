namespace H2H.Throttle.Core.Time;

/// <summary>A set of minutes of the week on one clock; Monday begins it.</summary>
internal sealed class WeekMinutes
{
    private const int Minutes = 7 * DayInterval.DayMinutes;
    private const int WordBits = 64;
    private const int Words = (Minutes + WordBits - 1) / WordBits;
    private const ulong LastWord = ulong.MaxValue >> ((Words * WordBits) - Minutes);

    /// <summary>The week two times over, so that another clock's week is a read from another place.</summary>
    private readonly ulong[] twice = new ulong[(2 * Words) + 2];

    /// <param name="holds">Tells by the day, 0 for Monday, and the minute of the day.</param>
    public WeekMinutes(Func<int, int, bool> holds)
    {
        for (int minute = 0; minute < Minutes; minute++)
        {
            if (holds(minute / DayInterval.DayMinutes, minute % DayInterval.DayMinutes))
            {
                Set(minute);
                Set(minute + Minutes);
            }
        }
    }

    /// <summary>Whether at some moment clocks that are so many minutes ahead all show one of them.</summary>
    /// <param name="ahead">By how much each is ahead of one same clock; less than a week. Maybe none.</param>
    public bool HaveCommon(ReadOnlySpan<int> ahead)
    {
        for (int word = 0; word < Words; word++)
        {
            ulong common = word == Words - 1 ? LastWord : ulong.MaxValue;
            for (int i = 0; i < ahead.Length && common != 0; i++)
            {
                common &= From((word * WordBits) + ((ahead[i] + Minutes) % Minutes));
            }

            if (common != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Set(int minute) => twice[minute / WordBits] |= 1UL << (minute % WordBits);

    private ulong From(int minute)
    {
        int word = minute / WordBits;
        int shift = minute % WordBits;
        return shift == 0 ? twice[word] : (twice[word] >> shift) | (twice[word + 1] << (WordBits - shift));
    }
}
