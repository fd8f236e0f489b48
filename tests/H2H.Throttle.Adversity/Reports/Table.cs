using System.Globalization;
using System.Text;
using H2H.Throttle.Adversity.Trials;

namespace H2H.Throttle.Adversity.Reports;

/// <summary>What the trials found, as a table of the repository.</summary>
internal sealed class Table
{
    private const int FlawsShownMax = 3;

    private readonly List<(ITrial Trial, TrialResult Result)> rows = [];

    public bool IsFlawless => rows.Count > 0 && rows.TrueForAll(static row => row.Result.Flaws.IsEmpty);

    public void Add(ITrial trial, TrialResult result) => rows.Add((trial, result));

    /// <summary>For the eye of whoever waits.</summary>
    public static string Line(ITrial trial, TrialResult result, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {(result.Flaws.IsEmpty ? "held  " : "BROKEN")} {trial.Name}  ({took.TotalSeconds:N0} s)
               {result.Load}
               {result.Faults}
               {(result.Flaws.IsEmpty ? result.Held : string.Join("\n\n", result.Flaws.Take(FlawsShownMax)))}
        """);

    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine(
            CultureInfo.InvariantCulture, $"# What was held, and against what, on {DateTime.UtcNow:d MMMM yyyy}");
        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Made by `tests/adversity.sh` on {Environment.ProcessorCount} processors. Another run has other numbers.");
        text.AppendLine();
        text.AppendLine("| trial | load | faults | held |");
        text.AppendLine("| --- | --- | --- | --- |");
        foreach ((ITrial trial, TrialResult result) in rows)
        {
            string held = result.Flaws.IsEmpty ? result.Held : $"**broken** in {result.Flaws.Length} ways";
            text.AppendLine(
                CultureInfo.InvariantCulture, $"| {trial.Name} | {result.Load} | {result.Faults} | {held} |");
        }

        return text.ToString();
    }
}
