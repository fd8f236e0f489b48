using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads <c>widen</c>, which stretches a window of days to whole units.</summary>
internal static class WidenReader
{
    private static readonly ImmutableArray<(string Word, CalendarUnit Unit)> Units =
    [
        ("day", CalendarUnit.Day),
        ("week", CalendarUnit.Week),
        ("month", CalendarUnit.Month),
        ("quarter", CalendarUnit.Quarter),
    ];

    /// <summary>The stretched window; null if there is none to stretch.</summary>
    public static Window? Read(Node node, Window? window, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        (string Word, CalendarUnit Unit) unit = Units.FirstOrDefault(unit => unit.Word == text.Text);
        if (unit.Word is null)
        {
            findings.Report(node, new Fault(
                $"A window cannot be widened to {Quoted.Of(text.Text)}.",
                "Write `day`, `week`, `month` or `quarter`."));
            return null;
        }

        if (window is not (Window.LastDays or null))
        {
            findings.Report(node, new Fault(
                $"`{window}` has no days to widen.", "Write `in: last 14 days`, or leave `widen` out."));
            return null;
        }

        return window is Window.LastDays days ? new Window.LastDays(days.Days, unit.Unit) : null;
    }
}
