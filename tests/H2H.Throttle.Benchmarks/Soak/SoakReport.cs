using System.Globalization;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Benchmarks.Growth;
using H2H.Throttle.Benchmarks.Ratios;

namespace H2H.Throttle.Benchmarks.Soak;

/// <summary>What a soak shows: whether it sheds politely, and whether anything creeps up afterwards.</summary>
/// <param name="Machine">On what, in words.</param>
/// <param name="Overload">More than it could take.</param>
/// <param name="Limit">All that it can take.</param>
/// <param name="Calm">Four fifths of that.</param>
internal sealed record SoakReport(
    string Machine, IReadOnlyList<Window> Overload, IReadOnlyList<Window> Limit, IReadOnlyList<Window> Calm)
{
    private const double RiseMax = 0.05;
    private const double SettledMinutes = 1;   // until the caches are full

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes it into a folder, which is made if it is missing; answers with the text.</summary>
    public async Task<string> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        string markdown = ToMarkdown();
        await File.WriteAllTextAsync(Path.Combine(folder, "soak.md"), markdown);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "soak.json"), JsonSerializer.Serialize(new { Overload, Limit, Calm }, Indented));
        Plot memory = new(
            "Memory of the server", "minutes", "MiB", [CurveOf("memory", static window => window.MemoryMiB)])
        {
            IsLogarithmic = false,
        };
        Plot latency = new(
            "How long a Reserve takes",
            "minutes",
            "milliseconds",
            [
                CurveOf("99 % of them", static window => window.P99Ms),
                CurveOf("half of them", static window => window.MedianMs),
                CurveOf("opt-outs, 99 %", static window => window.OptOutMs),
            ])
        {
            IsLogarithmic = false,
        };
        await File.WriteAllTextAsync(Path.Combine(folder, "soak-memory.svg"), memory.ToSvg());
        await File.WriteAllTextAsync(Path.Combine(folder, "soak-latency.svg"), latency.ToSvg());
        return markdown;
    }

    private string ToMarkdown()
    {
        StringBuilder text = new();
        text.AppendLine("# Overload, and a soak after it").AppendLine();
        text.AppendLine("Written by `tests/benchmarks.sh soak`; every window is in [soak.json](soak.json).");
        text.AppendLine().AppendLine(Machine).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Eight thousand calls of Reserve under way at once, over Redis, with the settings that a server starts "
            + $"with: more than it works on and lets wait; who is refused asks again at once, without the pause that "
            + $"the refusal asks for. Then eight hundred, fewer than it works on at once: the most that it answers. "
            + $"Then {SoakBenchmark.Share:P0} of that, for {Calm[^1].Minute:0.#} minutes. Opt-outs come all the time, "
            + $"and none was refused.").AppendLine();
        text.AppendLine("| | answered a second | refused | p50, ms | p99, ms | opt-outs, p99, ms | memory, MiB |");
        text.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        Append(text, "overload", Overload);
        Append(text, "the most", Limit);
        Append(text, "soak", Calm);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"Through the windows after the first minute goes a straight line. What rises along it by more than "
            + $"{RiseMax:P0} of its mean, and by more than three times its standard error, rises; the rest is flat.");
        text.AppendLine().AppendLine("| after the first minute | mean | rise from end to end of the line | |");
        text.AppendLine("| --- | ---: | ---: | --- |");
        Append(text, "memory, MiB", static window => window.MemoryMiB);
        Append(text, "p50, ms", static window => window.MedianMs);
        Append(text, "p99, ms", static window => window.P99Ms);
        text.AppendLine().AppendLine("![Memory](soak-memory.svg)").AppendLine().Append("![Latency](soak-latency.svg)");
        return text.AppendLine().ToString();
    }

    private static void Append(StringBuilder text, string name, IReadOnlyList<Window> windows) => text.AppendLine(
        CultureInfo.InvariantCulture,
        $"| {name} | {Of(windows, static one => one.PerSecond):N0} | {windows.Sum(static one => one.Unanswered):N0} "
        + $"| {Of(windows, static one => one.MedianMs):N1} | {Of(windows, static one => one.P99Ms):N1} "
        + $"| {Of(windows, static one => one.OptOutMs):N1} | {Of(windows, static one => one.MemoryMiB):N0} |");

    private void Append(StringBuilder text, string name, Func<Window, double> value)
    {
        (double, double)[] settled =
        [
            .. Calm.Where(window => window.Minute > Math.Min(SettledMinutes, Calm[^1].Minute / 2))
                .Select(window => (window.Minute, value(window))),
        ];
        Slope slope = Slope.Of(settled);
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {slope.Mean:N1} | {slope.Rise:+0.0;-0.0} ± {slope.Error:N1} ({slope.Share:+0.0%;-0.0%}) "
            + $"| {(slope.RisesBy(RiseMax) ? "**rises**" : "flat")} |");
    }

    private static double Of(IReadOnlyList<Window> windows, Func<Window, double> value) =>
        Spread.Of(windows.Select(value)).Median;

    private Curve CurveOf(string name, Func<Window, double> value) =>
        new(name, [.. Calm.Select(window => (window.Minute, value(window)))]);
}
