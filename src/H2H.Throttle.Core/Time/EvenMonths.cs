using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>Numbers days as though every month had 31, so that n months on is always 31 n numbers on.</summary>
/// <remarks>
/// A number that no day has stands for the first day after it: a month from 31 January is 1 March, five years from 29
/// February 2024 are 1 March 2029. So a month is never over before its last day is.
/// </remarks>
internal static class EvenMonths
{
    /// <summary>How many numbers a month takes.</summary>
    public const int DaysInEach = 31;

    /// <summary>From 0, 1 January 1970; negative before it.</summary>
    public static long NumberOf(LocalDate day) =>
        ((((day.Year - 1970) * 12L) + day.Month - 1) * DaysInEach) + day.Day - 1;

    /// <summary>The day of that number, or else the first after it.</summary>
    public static LocalDate DayFrom(long number)
    {
        int place = (int)(((number % DaysInEach) + DaysInEach) % DaysInEach);
        LocalDate first = new LocalDate(1970, 1, 1).PlusMonths((int)((number - place) / DaysInEach));
        LocalDate next = first.PlusMonths(1);
        return LocalDate.Min(first.PlusDays(place), next);
    }

    /// <summary>So many months in words, in years where they are whole: <c>18 months</c>, <c>1 year</c>.</summary>
    public static string Write(int months) => months switch
    {
        1 => "1 month",
        12 => "1 year",
        _ when months % 12 == 0 => $"{months / 12} years",
        _ => $"{months} months",
    };
}
