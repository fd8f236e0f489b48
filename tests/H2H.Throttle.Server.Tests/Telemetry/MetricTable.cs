using System.Collections.Immutable;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Server.Tests.Telemetry;

/// <summary>The table of metrics in the README beside the code.</summary>
internal static class MetricTable
{
    private const int Columns = 8;

    public sealed record Row(string Name, string ForPrometheus, string Kind, string Unit, string Attributes);

    public static ImmutableArray<Row> Own { get; } =
    [
        .. Cells().Where(static cells => cells.Length == Columns && Text(cells[1]).StartsWith("h2h.", Comparison))
            .Select(static cells => new Row(
                Text(cells[1]), Text(cells[2]), Text(cells[3]), Text(cells[4]), Text(cells[5]))),
    ];

    /// <summary>Those of the platform that the dashboard and the alerts use, as Prometheus calls them.</summary>
    public static ImmutableArray<string> OfThePlatform { get; } =
    [
        .. Cells().Where(static cells => cells.Length == 5 && cells[2].Contains('_', Comparison))
            .Select(static cells => Text(cells[2])),
    ];

    private const StringComparison Comparison = StringComparison.Ordinal;

    private static IEnumerable<string[]> Cells() => File
        .ReadLines(Path.Combine(RepositoryFolder.Of(), "src/H2H.Throttle.Server/Telemetry/README.md"))
        .Where(static line => line.StartsWith("| `", Comparison))
        .Select(static line => line.Split('|'));

    private static string Text(string cell) => cell.Replace("`", "", Comparison).Trim();
}
