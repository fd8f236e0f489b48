using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds rules whose calendar of holidays ends within a year, or before the rule begins.</summary>
internal static class EndingCalendars
{
    private static readonly Duration Ahead = Duration.FromDays(366);

    public static void Check(ReviewedPolicy reviewed)
    {
        foreach (Hours rule in reviewed.Policy.Rules.OfType<Hours>().Where(static rule => rule.Schedule.KnowsHolidays))
        {
            if (CalendarOf(rule, reviewed) is not { } calendar || PlaceOf(rule, reviewed) is not { } place)
            {
                continue;
            }

            Instant begins = rule.From is { } from ? Instant.Max(from, reviewed.Now) : reviewed.Now;
            Instant ends = Instant.FromUtc(calendar.LastYear + 1, 1, 1, 0, 0);
            if (begins + Ahead > ends && !(rule.Until <= ends))
            {
                reviewed.Report(rule, place, new Fault(
                    $"The calendar `{calendar.Name}` ends with {calendar.LastYear}: then every day may be a holiday.",
                    "Take a newer version of the program, with later years, or leave the holidays out."));
            }
        }
    }

    /// <summary>Where the rule's hours are written, or else the presets that bring it.</summary>
    private static Node.Scalar? PlaceOf(Hours rule, ReviewedPolicy reviewed) => reviewed.MapOf(rule) is { } map
        ? map.Find(rule.KindName)?.Key
        : reviewed.Root.Find("presets")?.Key;

    private static HolidayCalendar? CalendarOf(Hours rule, ReviewedPolicy reviewed) =>
        rule.Calendar ?? (reviewed.Policy.Country is { } country
            ? reviewed.Policy.Calendars.GetValueOrDefault(country)
            : null);
}
