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
        Unbuilt.ReportKey(draft, "calendar");
        bool isQuiet = key is "quiet";
        Node node = draft.Fields[key]!;
        WindowZone zone = ZoneReader.ReadForRule(draft.Fields["zone"], draft.Findings);
        int found = draft.Findings.Count;
        if (ReadSchedule(node, draft.Findings) is not { } schedule || draft.Findings.Count > found)
        {
            return null;
        }

        if (schedule.IsEmpty && !isQuiet)
        {
            draft.Findings.Report(node, new Fault(
                "No hour of the week is open.",
                "Name days with hours, or write `cap: blocked` if contact is never allowed."));
        }
        else if (isQuiet && schedule.NextOutside(new LocalDateTime(2026, 1, 5, 0, 0)) is null)
        {
            draft.Findings.Report(node, new Fault(
                "Every hour of the week is quiet.",
                "Leave hours free, or write `cap: blocked` if contact is never allowed."));
        }

        return new Hours(draft.Name, schedule, isQuiet, zone);
    }

    private static WeekSchedule? ReadSchedule(Node node, Findings findings)
    {
        if (node is not Node.Map { Entries.Length: > 0 } map)
        {
            string shape = node is Node.Map ? "an empty one" : node.Shape;
            findings.Report(node, new Fault(
                $"A map of days is expected here, not {shape}.",
                "Write `{ mon-fri: \"09:00-18:00\", sat: \"10:00-13:00\" }`."));
            return null;
        }

        Dictionary<IsoDayOfWeek, ImmutableArray<DayInterval>> week = [];
        foreach (NodeEntry entry in map.Entries)
        {
            ImmutableArray<DayInterval> intervals = IntervalsReader.Read(entry.Value, findings);
            foreach (IsoDayOfWeek day in ReadDays(entry.Key, findings))
            {
                if (!week.TryAdd(day, intervals))
                {
                    findings.Report(entry.Key, new Fault(
                        $"{day} is given twice.",
                        "Name each day once; write all its hours there, with commas between."));
                }
            }
        }

        return WeekSchedule.Of(day => week.GetValueOrDefault(day, []));
    }

    private static ImmutableArray<IsoDayOfWeek> ReadDays(Node.Scalar key, Findings findings)
    {
        ImmutableArray<IsoDayOfWeek> days = DaysReader.DaysOf(key.Text);
        if (!days.IsDefault)
        {
            return days;
        }

        if (key.Text is "holidays" or "eves")
        {
            findings.Report(key, new Fault(
                $"This version does not know {key.Text} yet.",
                "Leave them out; such days have the hours of their weekday."));
            return [];
        }

        string mend = Nearest.To(key.Text, DaysReader.Words) is { } nearest
            ? $"Write `{nearest}`."
            : "Write days such as `mon`, `mon-fri`, `\"mon, wed\"` or `daily`.";
        findings.Report(key, new Fault($"{Quoted.Of(key.Text)} does not name days.", mend));
        return [];
    }
}
