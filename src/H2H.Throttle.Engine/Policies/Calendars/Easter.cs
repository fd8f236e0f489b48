using NodaTime;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>Easter Sunday of the western churches.</summary>
internal static class Easter
{
    /// <summary>In the Gregorian calendar.</summary>
    /// <remarks>
    /// The anonymous algorithm of Nature, 20 April 1876, as given by Meeus, Astronomical Algorithms, chapter 8. The
    /// letters are theirs.
    /// </remarks>
    public static LocalDate SundayIn(int year)
    {
        int a = year % 19;
        (int b, int c) = Math.DivRem(year, 100);
        (int d, int e) = Math.DivRem(b, 4);
        int f = (b + 8) / 25;
        int g = (b - f + 1) / 3;
        int h = ((19 * a) + b - d - g + 15) % 30;
        (int i, int k) = Math.DivRem(c, 4);
        int l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        int m = (a + (11 * h) + (22 * l)) / 451;
        (int month, int day) = Math.DivRem(h + l - (7 * m) + 114, 31);
        return new LocalDate(year, month, day + 1);
    }
}
