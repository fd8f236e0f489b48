using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using H2H.Throttle.Testing;
using YamlDotNet.RepresentationModel;

namespace H2H.Throttle.Server.Tests.Telemetry;

/// <summary>The dashboard and the alerts use metrics that there are, by attributes that they have.</summary>
public sealed partial class WatchedMetricsTests
{
    private static readonly string Chart = Path.Combine(RepositoryFolder.Of(), "charts/h2h-throttle");

    private static readonly ImmutableArray<string> OfHistograms = ["_bucket", "_sum", "_count"];

    private static ImmutableArray<string> AlertExpressions { get; } =
        [.. Alerts().Select(static alert => Text(alert, "expr"))];

    private static ImmutableArray<string> DashboardExpressions { get; } = [.. ReadDashboard()];

    [Fact]
    public void Every_metric_is_in_the_table_and_has_the_attributes_that_are_asked_for()
    {
        Assert.InRange(AlertExpressions.Length, 15, 100);
        Assert.InRange(DashboardExpressions.Length, 30, 200);
        foreach (string expression in AlertExpressions.Concat(DashboardExpressions))
        {
            (string Metric, string Selector)[] used =
            [
                .. Selection().Matches(expression)
                    .Select(static match => (match.Groups[1].Value, match.Groups[2].Value)),
            ];
            Assert.NotEmpty(used);
            Assert.Equal(used.Length, MetricWord().Count(expression));   // none is used without a selector
            Assert.All(used, static one => RequireKnown(one.Metric, one.Selector));
        }
    }

    [Fact]
    public void What_only_the_table_knows_is_nobodys_trouble_but_the_dashboard_shows_every_metric_of_ours()
    {
        string all = string.Join('\n', DashboardExpressions);

        Assert.All(
            MetricTable.Own, row => Assert.Contains(row.ForPrometheus, all, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_alert_says_what_it_is_what_it_means_and_what_to_do()
    {
        string[] names = [.. Alerts().Select(static alert => Text(alert, "alert"))];

        Assert.Distinct(names);
        Assert.All(names, static name => Assert.StartsWith("H2HThrottle", name, StringComparison.Ordinal));
        Assert.All(Alerts(), static alert =>
        {
            YamlMappingNode annotations = (YamlMappingNode)alert["annotations"];
            Assert.All((string[])["summary", "meaning", "action"], part =>
                Assert.InRange(Text(annotations, part).Length, 20, 400));
            Assert.Contains(
                Text((YamlMappingNode)alert["labels"], "severity"), (string[])["critical", "warning", "info"]);
        });
    }

    [Fact]
    public void Every_panel_says_what_it_shows_and_has_a_place_of_its_own()
    {
        using JsonDocument dashboard = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Chart, "dashboards/h2h-throttle.json")));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];

        Assert.Distinct(panels.Select(static panel => panel.GetProperty("id").GetInt32()));
        Assert.Distinct(panels.Select(static panel => (
            panel.GetProperty("gridPos").GetProperty("x").GetInt32(),
            panel.GetProperty("gridPos").GetProperty("y").GetInt32())));
        Assert.All(
            panels.Where(static panel => panel.GetProperty("type").GetString() != "row"),
            static panel => Assert.NotEmpty(panel.GetProperty("description").GetString()!));
    }

    private static void RequireKnown(string metric, string selector)
    {
        if (MetricTable.OfThePlatform.Any(name => IsOf(metric, name, isHistogram: true)))
        {
            return;
        }

        MetricTable.Row row = Assert.Single(
            MetricTable.Own, row => IsOf(metric, row.ForPrometheus, row.Kind == "histogram"));
        string[] attributes = [.. row.Attributes.Split(' '), "instance", "le"];
        Assert.All(
            Matcher().Matches(selector).Select(static match => match.Groups[1].Value),
            name => Assert.Contains(name, attributes));
    }

    private static bool IsOf(string metric, string name, bool isHistogram) =>
        metric == name || (isHistogram && OfHistograms.Any(suffix => metric == name + suffix));

    private static IEnumerable<YamlMappingNode> Alerts()
    {
        YamlStream stream = [];
        using StringReader text = new(File.ReadAllText(Path.Combine(Chart, "alerts/h2h-throttle.rules.yaml")));
        stream.Load(text);
        YamlSequenceNode groups = (YamlSequenceNode)stream.Documents[0].RootNode["groups"];
        return groups.SelectMany(static group => (YamlSequenceNode)group["rules"]).Cast<YamlMappingNode>();
    }

    private static List<string> ReadDashboard()
    {
        using JsonDocument dashboard = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Chart, "dashboards/h2h-throttle.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(static panel => panel.TryGetProperty("targets", out _))
                .SelectMany(static panel => panel.GetProperty("targets").EnumerateArray())
                .Select(static target => target.GetProperty("expr").GetString()!),
        ];
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    [GeneratedRegex(@"([a-zA-Z_:][a-zA-Z0-9_:]*)\{([^}]*)\}")]
    private static partial Regex Selection();

    [GeneratedRegex(@"\b(?:h2h|http|kestrel|dotnet)_[a-z0-9_]+(?<!_route)\b")]
    private static partial Regex MetricWord();

    [GeneratedRegex(@"([a-z_]+) *(?:=~|!~|!=|=)")]
    private static partial Regex Matcher();
}
