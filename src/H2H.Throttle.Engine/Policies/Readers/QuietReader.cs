using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads times of the week that a person named as inconvenient.</summary>
internal static class QuietReader
{
    /// <summary>Null if they cannot be read.</summary>
    /// <param name="place">Where they stand.</param>
    /// <param name="entries">Days, with their hours.</param>
    /// <param name="findings">Takes the reports.</param>
    public static QuietTimes? Read(Node place, ImmutableArray<NodeEntry> entries, Findings findings)
    {
        int found = findings.Count;
        Dictionary<IsoDayOfWeek, ImmutableArray<DayInterval>> week = [];
        foreach (NodeEntry entry in entries)
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

        if (findings.Count > found)
        {
            return null;
        }

        WeekSchedule schedule = WeekSchedule.Of(day => week.GetValueOrDefault(day, []));
        if (schedule.IsEmpty)
        {
            findings.Report(place, new Fault(
                "No time is named as inconvenient.", "Name days and hours, as in `sat-sun: all`."));
            return null;
        }

        if (schedule.NextOutside(new LocalDateTime(2026, 1, 5, 0, 0)) is null)
        {
            findings.Report(place, new Fault(
                "Every hour of the week is inconvenient.", "Opt out instead."));
            return null;
        }

        return new QuietTimes(schedule, string.Join("; ", entries.Select(TextOf)));
    }

    private static ImmutableArray<IsoDayOfWeek> ReadDays(Node.Scalar key, Findings findings)
    {
        ImmutableArray<IsoDayOfWeek> days = DaysReader.DaysOf(key.Text);
        if (!days.IsDefault)
        {
            return days;
        }

        string mend = Nearest.To(key.Text, DaysReader.Words) is { } nearest
            ? $"Write `{nearest}`."
            : "Write days such as `mon`, `mon-fri`, `mon, wed` or `daily`.";
        findings.Report(key, new Fault($"{Quoted.Of(key.Text)} does not name days.", mend));
        return [];
    }

    private static string TextOf(NodeEntry entry)
    {
        IEnumerable<Node> hours = entry.Value is Node.List list ? list.Items : [entry.Value];
        return $"{entry.Key.Text} {string.Join(", ", hours.OfType<Node.Scalar>().Select(static one => one.Text))}";
    }
}
