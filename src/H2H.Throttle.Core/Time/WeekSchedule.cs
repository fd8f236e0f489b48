using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>Hours of the day for each day of the week, for holidays and for their eves, in local time.</summary>
/// <remarks>
/// Intervals are half-open, may cross midnight, and belong to the day they start on. Local time that occurs twice
/// (clocks set back) is inside both times; local time that is skipped is never inside. Which days are holidays is told
/// by the calendar that each question brings; without one, every day may be a holiday.
/// </remarks>
public sealed class WeekSchedule
{
    /// <summary>How far is searched where holidays matter: some come but once a year.</summary>
    public const int YearDays = 400;

    private const int WeekDays = 9;

    private readonly ImmutableArray<ImmutableArray<DayInterval>> days;
    private readonly int searchedDays;
    private readonly Lazy<WeekMinutes> everInside;
    private readonly Lazy<WeekMinutes> everOutside;

    private WeekSchedule(ImmutableArray<ImmutableArray<DayInterval>> days, bool knowsHolidays)
    {
        (this.days, KnowsHolidays) = (days, knowsHolidays);
        searchedDays = knowsHolidays ? YearDays : WeekDays;
        everInside = new(() => new WeekMinutes((day, minute) =>
            OfKinds(day).Any(hours => AnyContains(hours, minute))
            || OfKinds(day + 6).Any(hours => AnyContains(hours, minute + DayInterval.DayMinutes))));
        everOutside = new(() => new WeekMinutes((day, minute) =>
            OfKinds(day).Any(hours => !AnyContains(hours, minute))
            && OfKinds(day + 6).Any(hours => !AnyContains(hours, minute + DayInterval.DayMinutes))));
    }

    /// <summary>Whether nothing is ever inside.</summary>
    public bool IsEmpty => days.All(static day => day.IsEmpty);

    /// <summary>Whether holidays or their eves have hours of their own.</summary>
    public bool KnowsHolidays { get; }

    /// <param name="ofDay">Tells the intervals that start on a day, in any order; they may overlap.</param>
    public static WeekSchedule Of(Func<IsoDayOfWeek, ImmutableArray<DayInterval>> ofDay) =>
        new([.. Week(ofDay)], knowsHolidays: false);

    /// <param name="ofDay">Tells the intervals that start on a day, in any order; they may overlap.</param>
    /// <param name="special">Of holidays and eves.</param>
    /// <param name="isQuiet">
    /// Whether the hours are those without contact. A day that may be one of several kinds has the hours that are the
    /// strictest of all.
    /// </param>
    public static WeekSchedule Of(
        Func<IsoDayOfWeek, ImmutableArray<DayInterval>> ofDay, SpecialDays special, bool isQuiet)
    {
        ImmutableArray<ImmutableArray<DayInterval>> plain = [.. Week(ofDay)];
        ImmutableArray<ImmutableArray<DayInterval>> eves =
            [.. plain.Select(day => SpecialDays.Strictest(day, special.Eves, isQuiet))];
        return new WeekSchedule(
            [
                .. plain,
                .. plain.Select(day => special.Holidays ?? day),
                .. eves,
                .. eves.Select(day => SpecialDays.Strictest(day, special.Holidays, isQuiet)),
            ],
            knowsHolidays: special is not { Holidays: null, Eves: null });
    }

    /// <summary>The hours that start on a day which is no holiday and no eve.</summary>
    public ImmutableArray<DayInterval> On(IsoDayOfWeek day) => days[(int)day - 1];

    /// <param name="local">The time on the clock.</param>
    /// <param name="calendar">Tells the holidays; null: nobody knows them.</param>
    public bool Contains(LocalDateTime local, HolidayCalendar? calendar = null)
    {
        int minute = (local.Hour * 60) + local.Minute;
        if (KnowsHolidays)
        {
            return AnyContains(On(local.Date, calendar), minute)
                || AnyContains(On(local.Date.PlusDays(-1), calendar), minute + DayInterval.DayMinutes);
        }

        return AnyContains(days[(int)local.DayOfWeek - 1], minute)
            || AnyContains(days[((int)local.DayOfWeek + 5) % 7], minute + DayInterval.DayMinutes);
    }

    /// <summary>
    /// The first local time at or after <paramref name="from"/> that is inside, or null if none is in ten days; in 400
    /// days if holidays matter.
    /// </summary>
    public LocalDateTime? NextInside(LocalDateTime from, HolidayCalendar? calendar = null)
    {
        LocalDateTime? next = null;
        for (int day = -1; day <= searchedDays; day++)
        {
            LocalDate date = from.Date.PlusDays(day);
            foreach (DayInterval interval in On(date, calendar))
            {
                LocalDateTime start = LocalDateTime.Max(interval.StartOn(date), from);
                if (interval.EndOn(date) > from && (next is null || start < next))
                {
                    next = start;
                }
            }

            if (next is { } found && found.Date <= date)
            {
                return found;
            }
        }

        return next;
    }

    /// <summary>
    /// The first local time at or after <paramref name="from"/> that is not inside, or null if none is in ten days; in
    /// 400 days if holidays matter.
    /// </summary>
    public LocalDateTime? NextOutside(LocalDateTime from, HolidayCalendar? calendar = null)
    {
        LocalDateTime next = from;
        LocalDate last = from.Date.PlusDays(searchedDays);
        while (InsideUntil(next, calendar) is { } end)
        {
            if (end.Date > last)
            {
                return null;
            }

            next = end;
        }

        return next;
    }

    /// <summary>
    /// The minutes that are inside, or outside, if that day and the day before are of the right kinds.
    /// </summary>
    internal WeekMinutes MinutesThatMayBe(bool inside) => inside ? everInside.Value : everOutside.Value;

    /// <summary>The hours that start on a date.</summary>
    internal ImmutableArray<DayInterval> On(LocalDate date, HolidayCalendar? calendar)
    {
        DayKind kind = KnowsHolidays ? calendar?.KindOf(date) ?? DayKind.Unknown : DayKind.Plain;
        return days[((int)kind * 7) + (int)date.DayOfWeek - 1];
    }

    private IEnumerable<ImmutableArray<DayInterval>> OfKinds(int day) => days.Where((_, i) => i % 7 == day % 7);

    private static IEnumerable<ImmutableArray<DayInterval>> Week(
        Func<IsoDayOfWeek, ImmutableArray<DayInterval>> ofDay) =>
        Enumerable.Range(1, 7).Select(day => ofDay((IsoDayOfWeek)day));

    private static bool AnyContains(ImmutableArray<DayInterval> day, int minute)
    {
        foreach (DayInterval interval in day)
        {
            if (interval.StartMinute <= minute && minute < interval.EndMinute)
            {
                return true;
            }
        }

        return false;
    }

    private LocalDateTime? InsideUntil(LocalDateTime local, HolidayCalendar? calendar)
    {
        for (int day = -1; day <= 0; day++)
        {
            LocalDate date = local.Date.PlusDays(day);
            foreach (DayInterval interval in On(date, calendar))
            {
                if (interval.StartOn(date) <= local && local < interval.EndOn(date))
                {
                    return interval.EndOn(date);
                }
            }
        }

        return null;
    }
}
