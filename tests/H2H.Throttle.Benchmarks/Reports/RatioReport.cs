using System.Globalization;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Benchmarks.Ratios;

namespace H2H.Throttle.Benchmarks.Reports;

/// <summary>What the ratios are, as Markdown, and every round of it as JSON.</summary>
/// <param name="Machine">On what, in words.</param>
/// <param name="Scale">How much was measured.</param>
/// <param name="Contenders">In the order of their turns.</param>
/// <param name="Targets">What is promised.</param>
/// <param name="Limits">What of it the stack itself allows.</param>
/// <param name="IsCapExact">Whether of those who asked for one person exactly so many were let through.</param>
internal sealed record RatioReport(
    string Machine,
    Scale Scale,
    IReadOnlyList<Contender> Contenders,
    IReadOnlyList<Target> Targets,
    Limits Limits,
    bool IsCapExact)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes both into a folder, which is made if it is missing; answers with the Markdown.</summary>
    public async Task<string> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        string markdown = ToMarkdown();
        await File.WriteAllTextAsync(Path.Combine(folder, "ratios.md"), markdown);
        await File.WriteAllTextAsync(Path.Combine(folder, "ratios.json"), ToJson());
        return markdown;
    }

    private string ToMarkdown()
    {
        StringBuilder text = new();
        text.AppendLine("# Ratios");
        text.AppendLine();
        text.AppendLine("Written by `tests/benchmarks.sh ratios`; every round is in [ratios.json](ratios.json).");
        text.AppendLine();
        text.AppendLine(Machine);
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{Scale.Rounds} rounds after a warm-up; in each, everybody in turn for "
            + $"{Scale.Span.TotalSeconds} s. Ratios are taken round by round: median, and in brackets the least and "
            + $"the most.");
        text.AppendLine();
        text.AppendLine("| what | against | measured | wanted | |");
        text.AppendLine("| --- | --- | ---: | ---: | --- |");
        foreach (Target one in Targets)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {one.What} | {one.Against} | {one.Measured} | {one.Wanted} "
                + $"| {(one.IsMet ? "met" : "**not met**")} |");
        }

        text.AppendLine().Append(Limits.ToMarkdown());
        AppendContenders(text);
        return text.ToString();
    }

    private string ToJson() => JsonSerializer.Serialize(
        Contenders.Select(static one => new { one.Name, one.Rounds }), Indented);

    private void AppendContenders(StringBuilder text)
    {
        text.AppendLine().AppendLine("## Everybody").AppendLine();
        text.AppendLine(
            "| who | a second | p50, ms | p99, ms | server, µs each | Redis, µs each | of them scripts | Redis ran for "
            + "each |");
        text.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (Contender one in Contenders)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {one.Name} | {one.PerSecond.Text("N0")} | {Number(one.Of(static round => round.MedianMs))} "
                + $"| {Number(one.Of(static round => round.P99Ms))} "
                + $"| {Number(one.Of(static round => round.ServerMicros))} "
                + $"| {Number(one.Of(static round => round.StoreMicros))} "
                + $"| {Number(one.Of(static round => round.ScriptMicros))} | {CommandsOf(one)} |");
        }
    }

    private static string Number(Spread spread) =>
        spread.Most > 0 ? spread.Median.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string CommandsOf(Contender one) => string.Join(
        ", ",
        one.Rounds[^1].StoreCalls
            .Where(static command => command.Value >= 0.005)
            .OrderByDescending(static command => command.Value)
            .Select(static command => string.Create(
                CultureInfo.InvariantCulture, $"{command.Key} {command.Value:0.##}")));
}
