using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the hours of a day: <c>10:00-13:00, 14:00-20:00</c>,
/// <c>22:00-06:00</c>, <c>all</c>, <c>closed</c>.</summary>
internal static partial class IntervalsReader
{
    /// <summary>The intervals that start on the day; those that cannot be read are left out.</summary>
    public static ImmutableArray<DayInterval> Read(Node node, Findings findings)
    {
        ImmutableArray<DayInterval>.Builder intervals = ImmutableArray.CreateBuilder<DayInterval>();
        ImmutableArray<Node.Scalar> texts = ValueReader.OneOrMany(node, findings);
        if (texts is [{ Text: "closed" }])
        {
            return [];
        }

        foreach (Node.Scalar text in texts)
        {
            foreach (string part in text.Text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (ReadOne(part, out Fault? fault) is not { } interval)
                {
                    findings.Report(text, fault!);
                    continue;
                }

                foreach (DayInterval other in intervals.Where(other => Overlap(other, interval)))
                {
                    findings.Report(text, new Fault(
                        $"The hours from {Clock(other.StartMinute)} and from {Clock(interval.StartMinute)} overlap.",
                        "Make one interval of the two."));
                }

                intervals.Add(interval);
            }
        }

        return intervals.ToImmutable();
    }

    private static DayInterval? ReadOne(string text, out Fault? fault)
    {
        fault = null;
        if (text is "all")
        {
            return DayInterval.WholeDay;
        }

        Match match = Form().Match(text);
        if (!match.Success)
        {
            fault = text is "closed"
                ? new Fault("`closed` stands beside hours.", "Write either `closed` or hours.")
                : new Fault(
                    $"{Quoted.Of(text)} is not a span of hours.",
                    HoursGuess.Span(text) is { } span
                        ? $"Write `\"{span}\"`."
                        : "Write `\"09:00-18:00\"`, with commas between several, `all` or `closed`.");
            return null;
        }

        int start = MinuteOf(match.Groups["start"].ValueSpan);
        int end = MinuteOf(match.Groups["end"].ValueSpan);
        if (start < 0 || end < 0)
        {
            fault = new Fault(
                $"{Quoted.Of(text)} has a time of day that there is not.",
                "Write times from `00:00` to `24:00`.");
        }
        else if (start == DayInterval.DayMinutes)
        {
            fault = new Fault(
                $"{Quoted.Of(text)} starts when its day is over.",
                "Write it under the next day, from `00:00`.");
        }
        else if (start == end)
        {
            fault = new Fault($"{Quoted.Of(text)} starts when it ends.", "Write `all` for the whole day, or `closed`.");
        }

        return fault is null ? new DayInterval(start, end < start ? end + DayInterval.DayMinutes : end) : null;
    }

    /// <summary>Minutes after midnight; -1 if there is no such time.</summary>
    private static int MinuteOf(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        int hour = int.Parse(text[..colon], CultureInfo.InvariantCulture);
        int minute = int.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture);
        return minute < 60 && (hour < 24 || (hour == 24 && minute == 0)) ? (hour * 60) + minute : -1;
    }

    private static bool Overlap(DayInterval one, DayInterval other) =>
        one.StartMinute < other.EndMinute && other.StartMinute < one.EndMinute;

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    [GeneratedRegex(
        "^(?<start>[0-9]{1,2}:[0-9]{2}) ?[-–] ?(?<end>[0-9]{1,2}:[0-9]{2})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
