using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Core.Time;

/// <summary>Says in words why a local time is not one of those that hours allow.</summary>
/// <param name="schedule">The hours.</param>
/// <param name="isQuiet">Whether they are those without contact.</param>
/// <param name="calendar">Tells the holidays; null: nobody knows them.</param>
internal sealed class HoursText(WeekSchedule schedule, bool isQuiet, HolidayCalendar? calendar)
{
    private const int MinutesOfHour = 60;

    private static readonly LocalDatePattern WeekDay = LocalDatePattern.CreateWithInvariantCulture("dddd");
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <param name="local">The time on the clock.</param>
    /// <param name="where">Whose clock: <c>in Europe/Rome</c>.</param>
    public string Write(LocalDateTime local, string where)
    {
        string kind = (schedule.KnowsHolidays ? calendar?.KindOf(local.Date) : null) switch
        {
            DayKind.Holiday => ", a public holiday",
            DayKind.Eve => ", the day before a public holiday",
            _ => "",
        };
        string what = isQuiet ? QuietText(local) : OpenText(local.Date);
        return $"{WeekDay.Format(local.Date)}{kind}, {Minutes.Format(local.TimeOfDay)} {where}, is no time for such "
            + $"contacts: {what}.";
    }

    private string OpenText(LocalDate day)
    {
        ImmutableArray<DayInterval> hours = schedule.On(day, calendar);
        return hours.IsEmpty ? "on that day there are none" : $"on that day they are made {Join(hours)}";
    }

    /// <remarks>What is quiet in the morning may have begun the day before.</remarks>
    private string QuietText(LocalDateTime local)
    {
        ImmutableArray<DayInterval> today = Holding(local.Date, local);
        ImmutableArray<DayInterval> hours = today.IsEmpty ? Holding(local.Date.PlusDays(-1), local) : today;
        return hours.Contains(DayInterval.WholeDay) ? "on that day there are none" : $"there are none {Join(hours)}";
    }

    private ImmutableArray<DayInterval> Holding(LocalDate day, LocalDateTime local) =>
    [
        .. schedule.On(day, calendar).Where(interval => interval.StartOn(day) <= local && local < interval.EndOn(day)),
    ];

    private static string Join(ImmutableArray<DayInterval> hours) => string.Join(
        " and ",
        hours.OrderBy(static one => one.StartMinute)
            .Select(static one => $"from {Clock(one.StartMinute)} to {Clock(one.EndMinute)}"));

    /// <summary>An end at midnight is <c>24:00</c>; later ones are of the next day.</summary>
    private static string Clock(int minute)
    {
        int shown = minute > DayInterval.DayMinutes ? minute - DayInterval.DayMinutes : minute;
        return FormattableString.Invariant($"{shown / MinutesOfHour:00}:{shown % MinutesOfHour:00}");
    }
}
