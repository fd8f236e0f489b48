using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>The public holidays of a country, in the years for which they are known.</summary>
public sealed class HolidayCalendar
{
    private readonly FrozenSet<LocalDate> dates;

    /// <param name="name">As policies name it.</param>
    /// <param name="country">ISO 3166-1 alpha-2: whose people keep it; null: no country's.</param>
    /// <param name="firstYear">The first that is covered whole.</param>
    /// <param name="lastYear">The last that is covered whole.</param>
    /// <param name="dates">
    /// All holidays of those years, and the first of January after them if it is one: the day before it is an eve.
    /// </param>
    public HolidayCalendar(
        string name, string? country, int firstYear, int lastYear, ImmutableArray<LocalDate> dates)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstYear, lastYear);
        (Name, Country, FirstYear, LastYear) = (name, country, firstYear, lastYear);
        Dates = [.. dates.Where(IsKnown).Distinct().Order()];
        this.dates = Dates.ToFrozenSet();
    }

    public string Name { get; }

    public string? Country { get; }

    public int FirstYear { get; }

    public int LastYear { get; }

    /// <summary>In order. A day outside the covered years is among them only as the end of an eve.</summary>
    public ImmutableArray<LocalDate> Dates { get; }

    /// <remarks>A day that is both a holiday and the eve of one is a holiday.</remarks>
    public DayKind KindOf(LocalDate day) => day switch
    {
        _ when day.Year < FirstYear || day.Year > LastYear => DayKind.Unknown,
        _ when dates.Contains(day) => DayKind.Holiday,
        _ when dates.Contains(day.PlusDays(1)) => DayKind.Eve,
        _ => DayKind.Plain,
    };

    private bool IsKnown(LocalDate day) =>
        (day.Year >= FirstYear && day.Year <= LastYear) || day == new LocalDate(LastYear + 1, 1, 1);
}
