using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Calendars;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads whose holidays a rule goes by.</summary>
internal static class CalendarNameReader
{
    private static readonly ImmutableArray<string> Names =
        [.. HolidayCalendars.All.Select(static file => file.Calendar.Name)];

    /// <summary>The calendar that a rule names; null: it names none, or one that there is not.</summary>
    /// <param name="draft">Of the rule.</param>
    /// <param name="special">Where the hours of holidays or eves stand; null: the rule has none.</param>
    public static HolidayCalendar? Read(RuleDraft draft, Node? special)
    {
        Node? node = draft.Fields["calendar"];
        if (node is not null && special is null)
        {
            draft.Findings.Report(draft.Fields.KeyNode("calendar")!, new Fault(
                "A calendar changes nothing where neither holidays nor eves have hours.",
                "Write `holidays: closed` among the hours, or leave `calendar` out."));
        }

        if (node is null)
        {
            ReportUntold(draft, special);
            return null;
        }

        if (!ValueReader.TryText(node, draft.Findings, out Node.Scalar? name))
        {
            return null;
        }

        if (HolidayCalendars.ByName.TryGetValue(name.Text, out HolidayCalendar? calendar))
        {
            return calendar;
        }

        draft.Findings.Report(node, new Fault(
            $"There is no calendar {Quoted.Of(name.Text)}.",
            HolidayCalendars.ByCountry.TryGetValue(name.Text.ToUpperInvariant(), out HolidayCalendar? meant)
                ? $"Write `{meant.Name}`."
                : $"Known are: {string.Join(", ", Names)}."));
        return null;
    }

    /// <remarks>A person's country tells the calendar, but of some people nobody knows it.</remarks>
    private static void ReportUntold(RuleDraft draft, Node? special)
    {
        if (special is null)
        {
            return;
        }

        if (draft.Words.Country is not { } country)
        {
            draft.Findings.Report(special, new Fault(
                "The rule does not say whose holidays these are.",
                "Write `calendar: fr` in the rule, or `country: FR` in the policy for people of no known country."));
        }
        else if (!HolidayCalendars.ByCountry.ContainsKey(country))
        {
            draft.Findings.Report(special, new Fault(
                $"There is no calendar of the holidays of `{country}`, the policy's country.",
                $"Write the rule's `calendar`. Known are: {string.Join(", ", Names)}."));
        }
    }
}
