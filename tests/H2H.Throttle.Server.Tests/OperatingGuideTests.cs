using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Server.Tests;

/// <summary>What operators read at night is there.</summary>
public sealed partial class OperatingGuideTests
{
    private static readonly string Guide = Read("charts/OPERATING.md");

    [Fact]
    public void Every_setting_that_it_names_is_in_the_servers_readme()
    {
        string readme = Read("src/H2H.Throttle.Server/README.md");

        Assert.All(
            Setting().Matches(Guide).Select(static match => match.Value).Distinct(StringComparer.Ordinal),
            setting => Assert.Contains($"| `{setting}` |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_event_that_it_explains_is_logged()
    {
        string sources = string.Concat(Directory
            .EnumerateFiles(Path.Combine(RepositoryFolder.Of(), "src"), "*Log.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));
        string[] logged = [.. Message().Matches(sources).Select(static match => match.Groups[1].Value)];

        string[] explained =
            [.. EventRow().Matches(Guide).SelectMany(static match => match.Groups[1].Value.Split(", "))];

        Assert.NotEmpty(explained);
        Assert.Empty(explained.Except(logged));
    }

    [Fact]
    public void Every_reason_that_it_names_is_one()
    {
        const string protos = "protos/h2h/throttle/v1";
        string reasons = Read($"{protos}/error_reason.proto") + Read($"{protos}/decision.proto");

        Assert.All(
            Reason().Matches(Guide).Select(static match => match.Groups[1].Value).Distinct(StringComparer.Ordinal),
            reason => Assert.Contains($"_{reason} = ", reasons, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_figures_are_those_that_were_measured_last()
    {
        Match told = Figures().Match(Guide);
        string ratios = Read("tests/H2H.Throttle.Benchmarks/results/ratios.md");
        Match redis = Measured("Reserve, Redis").Match(ratios);
        Match embedded = Measured("Reserve, embedded and fsynced").Match(ratios);

        Assert.True(told.Success && redis.Success && embedded.Success);
        Assert.Equal(
            [redis.Groups[1].Value, Whole(redis.Groups[2]), Whole(redis.Groups[3]), embedded.Groups[1].Value],
            told.Groups.Values.Skip(1).Select(static group => group.Value));
    }

    private static string Whole(Group number) =>
        double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>Calls a second, and the microseconds of server and Redis for each, where there are such.</summary>
    private static Regex Measured(string who) => new(
        @$"^\| {Regex.Escape(who)} \| ([\d,]+) \([^)]*\) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \| ([\d.]+|–) \|",
        RegexOptions.Multiline);

    private static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryFolder.Of(), path));

    [GeneratedRegex(@"(?<=`)(?:Server|Access|Tls|Sqlite|Redis|Throttle|Webhooks|Dialers:NAME):\w+(?=`)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"LoggerMessage\(\s*(?:EventId = )?(\d+),")]
    private static partial Regex Message();

    [GeneratedRegex(@"^\| (\d+(?:, \d+)*) \|", RegexOptions.Multiline)]
    private static partial Regex EventRow();

    [GeneratedRegex(
        @"got ([\d,]+) Reserves a second over\s+Redis, (\d+) µs of the server and (\d+) µs of Redis each, "
        + @"and ([\d,]+) with")]
    private static partial Regex Figures();

    [GeneratedRegex(@"`([A-Z]+(?:_[A-Z]+)+|OVERLOADED)`")]
    private static partial Regex Reason();
}
