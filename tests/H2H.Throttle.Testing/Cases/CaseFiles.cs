using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Testing.Cases;

/// <summary>The scenarios of <c>tests/cases</c>, which are run against the decision, the stores and the wire.</summary>
public static class CaseFiles
{
    private static readonly string Folder = RepositoryFolder.Of("tests", "cases");

    private static readonly Lazy<ImmutableDictionary<(string File, string Scenario), ScenarioReading>> Read =
        new(ReadAll);

    private static readonly Lazy<ImmutableHashSet<(string File, string Scenario)>> Excluded = new(ReadExcluded);

    /// <summary>File and scenario of every case that must pass.</summary>
    public static TheoryData<string, string> Covered() =>
        [.. Read.Value.Keys.Where(static key => !Excluded.Value.Contains(key)).Order()];

    /// <summary>File and scenario of every case that is known not to pass yet.</summary>
    public static ImmutableArray<(string File, string Scenario)> NotCovered() => [.. Excluded.Value.Order()];

    /// <exception cref="KeyNotFoundException">There is no such scenario.</exception>
    public static ScenarioReading Find(string file, string scenario) => Read.Value[(file, scenario)];

    private static ImmutableDictionary<(string File, string Scenario), ScenarioReading> ReadAll() =>
        Directory.EnumerateFiles(Folder)
            .Where(static path => Path.GetExtension(path) is ".yaml" or ".json")
            .SelectMany(static path => ScenarioReader.Read(File.ReadAllText(path), ReadPolicy)
                .Select(reading => (Key: (Path.GetFileName(path), reading.Name ?? $"line {reading.Line}"), reading)))
            .ToImmutableDictionary(static one => one.Key, static one => one.reading);

    private static string? ReadPolicy(string path)
    {
        string full = Path.Combine(Folder, path);
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }

    private static ImmutableHashSet<(string File, string Scenario)> ReadExcluded() =>
    [
        .. File.ReadLines(Path.Combine(Folder, "excluded.txt"))
            .Where(static line => !line.StartsWith('#') && line.Length > 0)
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries) is [var file, var scenario, not ""]
                ? (file, scenario)
                : throw new FormatException($"Not `file | scenario | why`: {line}")),
    ];
}
