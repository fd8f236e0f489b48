using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using H2H.Throttle.Adversity.Trials;

namespace H2H.Throttle.Adversity.Reports;

/// <summary>What the trials found, as a table of the repository.</summary>
/// <param name="trials">All there are, in the order of the table.</param>
internal sealed class Table(ImmutableArray<ITrial> trials)
{
    private const int FlawsShownMax = 3;

    private readonly Dictionary<ITrial, TrialResult> results = [];

    public bool IsFlawless => results.Count > 0 && results.Values.All(static result => result.Flaws.IsEmpty);

    public void Add(ITrial trial, TrialResult result) => results.Add(trial, result);

    /// <summary>For the eye of whoever waits.</summary>
    public static string Line(ITrial trial, TrialResult result, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {(result.Flaws.IsEmpty ? "held  " : "BROKEN")} {trial.Name}  ({took.TotalSeconds:N0} s)
               {result.Load}
               {result.Faults}
               {(result.Flaws.IsEmpty ? result.Held : string.Join("\n\n", result.Flaws.Take(FlawsShownMax)))}
        """);

    /// <summary>The table anew: what was not tried now stands as it stood.</summary>
    /// <param name="before">The table as it was.</param>
    public string Renew(string before)
    {
        StringBuilder text = new();
        text.AppendLine("# What was held, and against what");
        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Made by `tests/adversity.sh` on {Environment.ProcessorCount} processors. Another run has other numbers.");
        text.AppendLine();
        text.AppendLine("| trial | load | faults | held | on |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (string row in trials.Select(trial => RowOf(trial, before)).OfType<string>())
        {
            text.AppendLine(row);
        }

        return text.ToString();
    }

    /// <summary>Null: it was never tried.</summary>
    private string? RowOf(ITrial trial, string before)
    {
        string start = $"| {trial.Name} |";
        if (!results.TryGetValue(trial, out TrialResult? result))
        {
            return Array.Find(before.Split('\n'), line => line.StartsWith(start, StringComparison.Ordinal));
        }

        string held = result.Flaws.IsEmpty ? result.Held : $"**broken** in {result.Flaws.Length} ways";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{start} {result.Load} | {result.Faults} | {held} | {DateTime.UtcNow:d MMM yyyy} |");
    }
}
