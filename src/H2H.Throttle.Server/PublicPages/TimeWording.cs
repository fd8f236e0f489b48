using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Says limits and quiet times in the words of a page, which know nothing of the policy language.</summary>
internal sealed class TimeWording(PageTexts texts)
{
    /// <summary><c>at most once a week</c>, <c>at most 3 times in 24 hours</c>.</summary>
    public string Of(PersonLimit limit) => texts.With("at_most", TimesOf(limit.Contacts), Of(limit.Window));

    /// <summary><c>Monday to Friday, 15:00 to 17:00; Sunday, all day; until 31 December 2026</c>.</summary>
    public string Of(PersonQuiet quiet)
    {
        IEnumerable<string> days =
            from day in Enumerable.Range(1, 7).Select(static day => (IsoDayOfWeek)day)
            group day by string.Join(", ", quiet.Times.On(day).Select(HoursOf)) into alike
            where alike.Key.Length > 0
            select $"{DaysOf([.. alike])}, {alike.Key}";
        string times = string.Join("; ", days);
        return quiet.Until is { } last ? texts.With("times_until", times, texts.Write(last)) : times;
    }

    /// <summary><c>once</c>, <c>3 times</c>.</summary>
    public string TimesOf(int count) => count == 1 ? texts["once"] : texts.With("times", count);

    /// <summary>Blocks of a calendar as well as days on end are so many days to people.</summary>
    private string Of(Window window) => window switch
    {
        Window.Rolling rolling => Of(rolling.Span),
        Window.RollingMonths months => MonthsOf(months.Months),
        Window.LastMonths { AndDay: true } months => texts.With("window_months_and_day", months.Months),
        Window.LastMonths months => MonthsOf(months.Months),
        Window.LastDays days => CountOf(days.Days, "day"),
        Window.Calendar calendar => CountOf(calendar.Count, calendar.Unit.ToString().ToLowerInvariant()),
        _ => texts["window_lifetime"],
    };

    private string Of(Duration span) => (long)span.TotalSeconds switch
    {
        86400 => CountOf(24, "hour"),   // from the same hour of yesterday, which "a day" would not say
        var seconds when seconds % 86400 == 0 => CountOf(seconds / 86400, "day"),
        var seconds when seconds % 3600 == 0 => CountOf(seconds / 3600, "hour"),
        var seconds when seconds % 60 == 0 => CountOf(seconds / 60, "minute"),
        var seconds => CountOf(seconds, "second"),
    };

    private string MonthsOf(int months) => months % 12 == 0 ? CountOf(months / 12, "year") : CountOf(months, "month");

    private string CountOf(long count, string unit) =>
        count == 1 ? texts[$"window_{unit}"] : texts.With($"window_{unit}s", count);

    private string HoursOf(DayInterval hours) => hours == DayInterval.WholeDay
        ? texts["hours_all"]
        : texts.With("hours", ClockOf(hours.StartMinute), ClockOf(hours.EndMinute));

    /// <summary>Midnight at an end is 24:00, so that it is not taken for the beginning of the day.</summary>
    private static string ClockOf(int minute)
    {
        int ofDay = minute > DayInterval.DayMinutes ? minute - DayInterval.DayMinutes : minute;
        return string.Create(CultureInfo.InvariantCulture, $"{ofDay / 60:00}:{ofDay % 60:00}");
    }

    /// <summary><c>every day</c>, <c>Monday to Friday</c>, <c>Saturday, Sunday</c>.</summary>
    private string DaysOf(ImmutableArray<IsoDayOfWeek> days)
    {
        if (days.Length == 7)
        {
            return texts["days_all"];
        }

        // Days on end are as far from each other as they are in the list.
        IEnumerable<string> runs = days
            .Select(static (day, i) => (Day: (int)day, Run: (int)day - i))
            .GroupBy(static one => one.Run, one => texts.Day(one.Day))
            .Select(run => run.Count() > 2
                ? texts.With("days_run", run.First(), run.Last())
                : string.Join(", ", run));
        return string.Join(", ", runs);
    }
}
