using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads days of the week: <c>mon</c>, <c>monday</c>, <c>mon-fri</c>,
/// <c>sat-mon</c>, <c>mon, wed</c>, <c>daily</c>.</summary>
internal static class DaysReader
{
    private static readonly ImmutableArray<string> Names =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>All short and long names.</summary>
    public static ImmutableArray<string> Words { get; } =
        [.. Names.Select(static name => name[..3]), .. Names, "daily"];

    /// <summary>One day; Monday if it cannot be read.</summary>
    public static IsoDayOfWeek ReadOne(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return IsoDayOfWeek.Monday;
        }

        if (DayOf(text.Text) is { } day)
        {
            return day;
        }

        string mend = Nearest.To(text.Text, Names) is { } nearest 
            ? $"Write `{nearest}`."
            : "Write a day, such as `sunday`.";
        findings.Report(node, new Fault($"{Quoted.Of(text.Text)} is not a day of the week.", mend));
        return IsoDayOfWeek.Monday;
    }

    /// <summary>The days that a key names, one by one and in its order; default if it names none.</summary>
    public static ImmutableArray<IsoDayOfWeek> DaysOf(string text)
    {
        ImmutableArray<IsoDayOfWeek>.Builder days = ImmutableArray.CreateBuilder<IsoDayOfWeek>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part is "daily" ? ["mon", "sun"] : part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last)
            {
                return default;
            }

            int count = (((int)last - (int)first + 7) % 7) + 1;
            days.AddRange(Enumerable.Range(0, count).Select(i => (IsoDayOfWeek)((((int)first - 1 + i) % 7) + 1)));
        }

        return days.ToImmutable();
    }

    private static IsoDayOfWeek? DayOf(string text)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (text == Names[i] || text == Names[i][..3])
            {
                return (IsoDayOfWeek)(i + 1);
            }
        }

        return null;
    }
}
