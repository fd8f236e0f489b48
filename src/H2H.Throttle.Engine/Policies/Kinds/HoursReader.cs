using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>hours</c>, when contact is allowed, and <c>quiet</c>, when it is not.</summary>
internal static class HoursReader
{
    public static RuleKind Hours { get; } = new("hours", ["hours", "zone", "calendar"], draft => Read(draft, "hours"))
    {
        Governs = static purpose => purpose.ObeysHours,
    };

    public static RuleKind Quiet { get; } = new("quiet", ["quiet", "zone", "calendar"], draft => Read(draft, "quiet"))
    {
        Governs = static purpose => purpose.ObeysHours,
    };

    private static Hours? Read(RuleDraft draft, string key)
    {
        bool isQuiet = key is "quiet";
        Node node = draft.Fields[key]!;
        WindowZone zone = ZoneReader.ReadForRule(draft.Fields["zone"], draft.Findings);
        int found = draft.Findings.Count;
        if (ReadDays(node, draft.Findings) is not { } days || draft.Findings.Count > found)
        {
            return null;
        }

        HolidayCalendar? calendar = CalendarNameReader.Read(draft, days.SpecialNode);
        if (draft.Findings.Count > found)
        {
            return null;
        }

        if (!isQuiet && days.IsAlwaysClosed)
        {
            draft.Findings.Report(node, new Fault(
                "No hour of the week is open.",
                "Name days with hours, or write `cap: blocked` if contact is never allowed."));
        }
        else if (isQuiet && days.IsAlwaysFull)
        {
            draft.Findings.Report(node, new Fault(
                "Every hour of the week is quiet.",
                "Leave hours free, or write `cap: blocked` if contact is never allowed."));
        }

        return new Hours(draft.Name, days.ToSchedule(isQuiet), isQuiet, zone, calendar);
    }

    private static DayHours? ReadDays(Node node, Findings findings)
    {
        if (node is not Node.Map { Entries.Length: > 0 } map)
        {
            string shape = node is Node.Map ? "an empty one" : node.Shape;
            findings.Report(node, new Fault(
                $"A map of days is expected here, not {shape}.",
                node is Node.Scalar { Text: var text } && HoursGuess.Span(text) is { } span
                    ? $"Write `{{ daily: \"{span}\" }}`."
                    : "Write `{ mon-fri: \"09:00-18:00\", sat: \"10:00-13:00\" }`."));
            return null;
        }

        DayHours days = new();
        foreach (NodeEntry entry in map.Entries)
        {
            ImmutableArray<DayInterval> intervals = IntervalsReader.Read(entry.Value, findings);
            if (entry.Key.Text is "holidays" or "eves")
            {
                days.AddSpecial(entry.Key, intervals);
                continue;
            }

            foreach (IsoDayOfWeek day in ReadWeekdays(entry.Key, findings))
            {
                if (!days.TryAdd(day, intervals))
                {
                    findings.Report(entry.Key, new Fault(
                        $"{day} is given twice.",
                        "Name each day once; write all its hours there, with commas between."));
                }
            }
        }

        return days;
    }

    private static ImmutableArray<IsoDayOfWeek> ReadWeekdays(Node.Scalar key, Findings findings)
    {
        ImmutableArray<IsoDayOfWeek> days = DaysReader.DaysOf(key.Text);
        if (!days.IsDefault)
        {
            return days;
        }

        string mend = HoursGuess.Days(key.Text) is { } meant
            ? $"Write `{meant}`."
            : Nearest.To(key.Text, [.. DaysReader.Words, "holidays", "eves"]) is { } nearest
            ? $"Write `{nearest}`."
            : "Write days such as `mon`, `mon-fri`, `\"mon, wed\"`, `daily`, `holidays` or `eves`.";
        findings.Report(key, new Fault($"{Quoted.Of(key.Text)} does not name days.", mend));
        return [];
    }
}
