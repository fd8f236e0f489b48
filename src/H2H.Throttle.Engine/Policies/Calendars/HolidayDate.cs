using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>When a holiday is, year by year.</summary>
internal abstract partial record HolidayDate
{
    private HolidayDate() { }

    /// <summary>Its date in a year; null: it is not in that year.</summary>
    public abstract LocalDate? In(int year);

    /// <summary>
    /// <c>12-25</c>, <c>2023-05-08</c>, <c>easter +39</c>, <c>3rd monday of 01</c>, <c>last monday of 05</c> or
    /// <c>monday before 05-25</c>; null: none of these.
    /// </summary>
    public static HolidayDate? Read(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } once)
        {
            return new Once(once.Value);
        }

        if (Yearly().Match(text) is { Success: true } yearly)
        {
            return new OnDate(MonthDayOf(yearly));
        }

        if (Eastern().Match(text) is { Success: true } eastern)
        {
            return new FromEaster(int.Parse(eastern.Groups["days"].Value, CultureInfo.InvariantCulture));
        }

        if (Nth().Match(text) is { Success: true } nth)
        {
            int number = nth.Groups["n"].Value is "last" ? 5 : nth.Groups["n"].Value[0] - '0';
            int month = int.Parse(nth.Groups["month"].Value, CultureInfo.InvariantCulture);
            return new NthWeekday(number, DayOf(nth), month);
        }

        return Before().Match(text) is { Success: true } before
            ? new WeekdayBefore(DayOf(before), MonthDayOf(before))
            : null;
    }

    private static AnnualDate MonthDayOf(Match match) => new(
        int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture),
        int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture));

    private static IsoDayOfWeek DayOf(Match match) =>
        Enum.Parse<IsoDayOfWeek>(match.Groups["weekday"].Value, ignoreCase: true);

    private sealed record Once(LocalDate Date) : HolidayDate
    {
        public override LocalDate? In(int year) => Date.Year == year ? Date : null;
    }

    private sealed record OnDate(AnnualDate Date) : HolidayDate
    {
        public override LocalDate? In(int year) => Date.InYear(year);
    }

    /// <param name="Days">After Easter Sunday of the western churches; negative: before it.</param>
    private sealed record FromEaster(int Days) : HolidayDate
    {
        public override LocalDate? In(int year) => Easter.SundayIn(year).PlusDays(Days);
    }

    /// <param name="Number">1 to 4; 5 is the last, which may be the fourth.</param>
    /// <param name="Weekday">Which day.</param>
    /// <param name="Month">1 to 12.</param>
    private sealed record NthWeekday(int Number, IsoDayOfWeek Weekday, int Month) : HolidayDate
    {
        public override LocalDate? In(int year) =>
            LocalDate.FromYearMonthWeekAndDay(year, Month, Number, Weekday);
    }

    private sealed record WeekdayBefore(IsoDayOfWeek Weekday, AnnualDate Date) : HolidayDate
    {
        public override LocalDate? In(int year) => Date.InYear(year).Previous(Weekday);
    }

    [GeneratedRegex("^(?<month>[0-9]{2})-(?<day>[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Yearly();

    [GeneratedRegex("^easter (?<days>[+-][0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Eastern();

    [GeneratedRegex("^(?<n>1st|2nd|3rd|4th|last) (?<weekday>[a-z]+day) of (?<month>[0-9]{2})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Nth();

    [GeneratedRegex("^(?<weekday>[a-z]+day) before (?<month>[0-9]{2})-(?<day>[0-9]{2})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Before();
}
