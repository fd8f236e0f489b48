using System.Text.RegularExpressions;
using Grpc.Net.Client;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Server.Tests.Telemetry.Otlp;
using H2H.Throttle.Testing.Servers;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Telemetry;

/// <summary>The table of metrics says what is told, all of it and nothing else.</summary>
public sealed partial class MetricTableTests : IDisposable
{
    private const int HangMs = 120_000;

    private readonly TemporaryStore folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = HangMs)]
    public async Task The_table_has_what_is_told_and_what_is_told_is_in_the_table()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using RedisServer redis = await RedisServer.StartAsync();
        using ServerProcess server = await StartAsync(
            "--Server:Store=redis",
            $"--Redis:Configuration={redis.Address}",
            "--Redis:StoreTimeoutMs=10000",   // a busy machine is no outage
            $"--Telemetry:Endpoint={receiver.GrpcEndpoint}",
            "--Telemetry:Prometheus=true");
        await ScriptedDay.LiveAsync(server);
        await FailToTellAsync(server);
        string page;
        do
        {
            page = await ReadAsync(server);   // the store is looked at every half second
        }
        while (!page.Contains("h2h_throttle_store_looks_total", StringComparison.Ordinal));
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());

        IEnumerable<MetricTable.Row> told = receiver.Metrics.Own().Select(static metric => new MetricTable.Row(
            metric.Name,
            PrometheusNames.Of(metric.Name, metric.Unit, metric.Kind() == "counter"),
            metric.Kind(),
            metric.Unit,
            string.Join(' ', metric.Keys().Order(StringComparer.Ordinal))));
        Assert.Equal(MetricTable.Own.OrderBy(ByName), told.OrderBy(ByName));

        string[] served = [.. TypeLine().Matches(page).Select(static match => match.Groups[1].Value)];
        Assert.Equal(
            MetricTable.Own.Select(static row => row.ForPrometheus).Order(StringComparer.Ordinal),
            served.Where(static name => name.StartsWith("h2h_", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.All(MetricTable.OfThePlatform, name => Assert.Contains(name, served));
        Assert.Equal(5, MetricTable.OfThePlatform.Length);

        static string ByName(MetricTable.Row row) => row.Name;
    }

    [Fact(Timeout = HangMs)]
    public async Task The_page_is_what_Prometheus_reads_and_counts_what_happened()
    {
        using ServerProcess server = await StartAsync("--Telemetry:Prometheus=true");
        await ScriptedDay.LiveAsync(server);

        string page = await ReadAsync(server);

        Assert.All(
            page.TrimEnd('\n').Split('\n').Where(static line => line[0] != '#'),
            static line => Assert.Matches(SampleLine(), line));
        Assert.Contains(
            "\nh2h_throttle_decisions_total{call=\"reserve\",channel=\"email\",purpose=\"marketing\","
            + "verdict=\"allow\"} 4\n",
            page,
            StringComparison.Ordinal);
        Assert.Contains("\nh2h_throttle_save_tries_bucket{le=\"1\"} 9\n", page, StringComparison.Ordinal);
        Assert.Contains("\nh2h_throttle_save_tries_bucket{le=\"+Inf\"} 9\n", page, StringComparison.Ordinal);
        Assert.Contains("\nh2h_throttle_save_tries_sum 9\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "http_route=\"/h2h.throttle.v1.ThrottleService/Reserve\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedDay.Secret, page, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangMs)]
    public async Task Without_being_asked_for_there_is_no_page()
    {
        using ServerProcess server = await StartAsync();
        using HttpClient http = new() { BaseAddress = server.HttpAddress };

        using HttpResponseMessage answer = await http.GetAsync(
            new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("h2h.throttle.store.duration", "s", false, "h2h_throttle_store_duration_seconds")]
    [InlineData("h2h.throttle.decisions", "{decision}", true, "h2h_throttle_decisions_total")]
    [InlineData("disk.io", "By", true, "disk_io_bytes_total")]
    [InlineData("wait.seconds", "s", false, "wait_seconds")]
    [InlineData("9.lives", "", false, "_9_lives")]
    [InlineData("cache.hit..rate", "1", false, "cache_hit_rate_ratio")]
    public void Names_become_those_of_Prometheus(string name, string unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusNames.Of(name, unit, isCounter));

    private Task<ServerProcess> StartAsync(params string[] settings) => ServerProcess.StartAsync(
        folder.Path,
        [
            "--Throttle:TrustRequestTime=true",
            $"--Server:FirstPolicyPath={folder.Write("day.yaml", ScriptedDay.Policy)}",
            .. settings,
        ]);

    /// <summary>Tells a receiver that is not there of all that happened.</summary>
    private static async Task FailToTellAsync(ServerProcess server)
    {
        using GrpcChannel channel = server.Connect();
        WebhookService.WebhookServiceClient webhooks = new(channel);
        await webhooks.CreateWebhookAsync(
            new() { Webhook = new() { Name = "nobody", Url = "http://127.0.0.1:1/" }, After = 0 }, TestServer.Call);
        GetWebhookResponse found;
        do
        {
            found = await webhooks.GetWebhookAsync(new() { Name = "nobody" }, TestServer.Call);
        }
        while (found.Webhook.Progress.Failures == 0);
    }

    private static async Task<string> ReadAsync(ServerProcess server)
    {
        using HttpClient http = new() { BaseAddress = server.HttpAddress };
        using HttpResponseMessage answer = await http.GetAsync(
            new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(
            "text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^# TYPE (\S+) ", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(
        @"^[a-zA-Z_][a-zA-Z0-9_]*"
        + @"(\{([a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\""n])*"",?)*\})? [-+0-9.eEInfNa]+$")]
    private static partial Regex SampleLine();
}
