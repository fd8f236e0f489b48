using System.Globalization;
using System.Text;

namespace H2H.Throttle.Benchmarks.Growth;

/// <summary>Curves, each as a picture and as a table.</summary>
internal sealed class GrowthReport(string folder, string machine)
{
    private readonly StringBuilder text = new();

    /// <summary>Adds a picture of that name, and says what it means.</summary>
    public async Task AddAsync(string name, string meaning, Plot plot)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".svg"), plot.ToSvg());
        text.AppendLine(
            CultureInfo.InvariantCulture, $"\n## {plot.Title}\n\n{meaning}\n\n![{plot.Title}]({name}.svg)\n");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| {plot.Across} | {string.Join(" | ", plot.Curves.Select(static curve => curve.Name))} |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| ---: |{string.Concat(Enumerable.Repeat(" ---: |", plot.Curves.Count))}");
        foreach (double x in plot.Curves.SelectMany(static curve => curve.Points).Select(static point => point.X)
            .Distinct().Order())
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {x:N0} | {string.Join(" | ", plot.Curves.Select(curve => ValueAt(curve, x)))} |");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "growth.md"), ToMarkdown());
        await Console.Error.WriteLineAsync($"{name} is drawn");
    }

    public string ToMarkdown()
    {
        string markdown = $"""
            # How cost grows

            Written by `tests/benchmarks.sh growth`. Each point is the median of three rounds.

            {machine}
            {text}
            """;
        return markdown.TrimEnd() + "\n";
    }

    private static string ValueAt(Curve curve, double x)
    {
        foreach ((double at, double value) in curve.Points)
        {
            if (at.Equals(x))
            {
                return value.ToString(value < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);
            }
        }

        return "–";
    }
}
