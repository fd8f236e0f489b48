using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Server.Tests.Telemetry.Otlp;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Server.Tests.Telemetry;

/// <summary>What a day of calls makes a server tell, to a receiver that reads it.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const int HangMs = 120_000;

    private readonly TemporaryStore folder = new();
    private OtlpReceiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await OtlpReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        folder.Dispose();
    }

    [Theory(Timeout = HangMs)]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_day_is_told_to_the_count(string protocol)
    {
        await LiveAsync(
            [],
            $"--Telemetry:Endpoint={(protocol == "grpc" ? receiver.GrpcEndpoint : receiver.HttpEndpoint)}",
            $"--Telemetry:Protocol={protocol}",
            "--Telemetry:TracesRatio=1");

        AssertMetrics(receiver.Metrics);
        AssertSpans();
        AssertLogs();
        AssertResource();
        Assert.DoesNotContain(ScriptedDay.Secret, receiver.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedDay.Phone, receiver.Everything, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangMs)]
    public async Task The_day_is_counted_the_same_over_Redis()
    {
        await using RedisServer redis = await RedisServer.StartAsync();

        await LiveAsync(
            [],
            "--Server:Store=redis",
            $"--Redis:Configuration={redis.Address}",
            "--Redis:StoreTimeoutMs=10000",   // a busy machine is no outage
            $"--Telemetry:Endpoint={receiver.GrpcEndpoint}");

        AssertMetrics(receiver.Metrics);
        Assert.Contains("result=right", receiver.Metrics.Values("h2h.throttle.guesses").Keys);
    }

    [Fact(Timeout = HangMs)]
    public async Task The_variables_of_OpenTelemetry_are_enough()
    {
        await LiveAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.HttpEndpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_EXPORTER"] = "none",
            ["OTEL_SERVICE_NAME"] = "throttle-north",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=trial",
        });

        AssertMetrics(receiver.Metrics);
        AssertLogs();
        Assert.Empty(receiver.Spans);
        Assert.Equal("throttle-north", receiver.Metrics.Resource.Attributes.Text("service.name"));
        Assert.Equal("trial", receiver.Metrics.Resource.Attributes.Text("deployment.environment.name"));
    }

    [Theory(Timeout = HangMs)]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    public async Task By_default_and_where_it_is_turned_off_nothing_is_sent(string variable, string value)
    {
        await LiveAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.GrpcEndpoint,
            [variable] = value,
        });

        Assert.False(receiver.HasMetrics);
        Assert.Empty(receiver.Spans);
        Assert.Empty(receiver.Logs);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_receiver_that_is_not_there_is_told_of_in_the_log_and_harms_nothing()
    {
        string errors = await LiveAsync([], $"--Telemetry:Endpoint=http://127.0.0.1:{RedisServer.FreePort()}");

        Assert.Contains("Telemetry: ", errors, StringComparison.Ordinal);
        Assert.Contains("Decisions are not touched by it.", errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = HangMs)]
    [InlineData("--Telemetry:Endpoint=collector", "Telemetry:Endpoint must be like http://collector:4317.")]
    [InlineData("--Telemetry:Protocol=udp", "Telemetry:Protocol must be grpc or http.")]
    [InlineData("--Telemetry:TracesRatio=2", "TracesRatio")]
    [InlineData("--Telemetry:Endpont=x", "There is no setting Telemetry:Endpont; there are Endpoint")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string part)
    {
        using ServerProcess server = await ServerProcess.StartAsync(folder.Path, setting);

        Assert.Equal(1, await server.ExitAsync());
        Assert.Contains(part, server.Errors, StringComparison.Ordinal);
    }

    /// <summary>The whole life of a server; answers with what it logged.</summary>
    private async Task<string> LiveAsync(Dictionary<string, string> environment, params string[] settings)
    {
        using ServerProcess server = await ServerProcess.StartAsync(
            folder.Path,
            environment,
            [
                "--Throttle:TrustRequestTime=true",
                $"--Server:FirstPolicyPath={folder.Write("day.yaml", ScriptedDay.Policy)}",
                .. settings,
            ]);
        await ScriptedDay.LiveAsync(server);
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        return server.Errors;
    }

    private static void AssertMetrics(ResourceMetrics told)
    {
        AssertValues(
            told,
            "h2h.throttle.decisions",
            ("call=check channel=email purpose=marketing rule=three-a-day verdict=deny", 1),
            ("call=check channel=phone purpose=marketing rule=nights verdict=deny", 1),
            ("call=check channel=sms purpose=marketing verdict=allow", 1),
            ("call=reserve channel=email purpose=marketing rule=opt-out verdict=deny", 1),
            ("call=reserve channel=email purpose=marketing rule=three-a-day verdict=deny", 1),
            ("call=reserve channel=email purpose=marketing verdict=allow", 4));
        AssertValues(
            told,
            "h2h.throttle.reasons",
            ("code=CAP_REACHED effect=deny rule=three-a-day", 2),
            ("code=OPTED_OUT effect=deny rule=opt-out", 1),
            ("code=OPTED_OUT effect=overshoot rule=opt-out", 1),
            ("code=OUTSIDE_HOURS effect=deny rule=nights", 1),
            ("code=OUTSIDE_HOURS effect=shadow rule=sms-trial", 1));
        AssertValues(
            told,
            "h2h.throttle.contacts",
            ("event=confirmed", 1),
            ("event=confirmed_late", 1),
            ("event=expired", 1),
            ("event=recorded", 1),
            ("event=released", 1),
            ("event=reserved", 4),
            ("event=revoked", 1));
        AssertValues(told, "h2h.throttle.facts", ("kind=opt_out", 1), ("kind=reservation_revoked", 1));
        AssertValues(
            told,
            "h2h.throttle.errors",
            ("call=ThrottleService/Reserve code=InvalidArgument reason=CHANNEL_UNKNOWN", 2));
        AssertValues(told, "h2h.throttle.save.tries", ("", 9));
        AssertValues(told, "h2h.throttle.policy.version", ("policy=day", 1));
        AssertValues(told, "h2h.throttle.list.addresses", ("list=dnc", 1));
        AssertValues(
            told,
            "h2h.throttle.component.up",
            ("component=journal", 1),
            ("component=lists", 1),
            ("component=policy", 1),
            ("component=store", 1));
    }

    private static void AssertValues(
        ResourceMetrics told, string name, params IEnumerable<(string Series, double Value)> expected) => Assert.Equal(
            expected.Select(static one => $"{one.Series}: {one.Value}"),
            told.Values(name).Select(static one => $"{one.Key}: {one.Value}"));

    private void AssertSpans()
    {
        Span[] all = [.. receiver.Spans.SelectMany(static one => one.ScopeSpans).SelectMany(static one => one.Spans)];
        Span[] decisions = [.. all.Where(static span => span.Name is "h2h.throttle.check" or "h2h.throttle.reserve")];

        Assert.Equal((3, 10), (
            decisions.Count(static span => span.Name == "h2h.throttle.check"),
            decisions.Count(static span => span.Name == "h2h.throttle.reserve")));
        Assert.Equal(
            (4, 7, 2),
            (decisions.Count(static span => span.Attributes.Text("h2h.verdict") == "deny"),
            decisions.Count(static span => span.Attributes.Text("h2h.verdict") == "allow"),
            decisions.Count(static span => span.Attributes.Text("h2h.verdict") is null)));
        Assert.All(decisions, span => Assert.Contains(all, call => call.SpanId == span.ParentSpanId
            && call.Name.StartsWith("h2h.throttle.v1.ThrottleService/", StringComparison.Ordinal)));
        Assert.Equal(2, all.Count(static span =>
            span.Attributes.Text("error.type") == "CHANNEL_UNKNOWN" && span.Status.Code == 2));

        Assert.Equal(
            ["GET {**path}"],
            all.Select(static span => span.Name).Where(static name => name.Contains(' ', StringComparison.Ordinal)));
        Assert.DoesNotContain(all, static span => span.Name.Contains("HttpRequestIn", StringComparison.Ordinal));

        Span traced = Assert.Single(decisions, static span => Hex(span.TraceId) == ScriptedDay.TraceId);
        Assert.Equal("sms", traced.Attributes.Text("h2h.channel"));
        Assert.Single(all, static span => Hex(span.ParentSpanId) == ScriptedDay.CallerSpanId);
    }

    private void AssertLogs()
    {
        LogRecord[] lines =
            [.. receiver.Logs.SelectMany(static one => one.ScopeLogs).SelectMany(static one => one.LogRecords)];

        LogRecord line = Assert.Single(
            lines, static line => line.Body.StringValue.Contains("dnc", StringComparison.Ordinal));
        Assert.Equal(9, line.SeverityNumber);
    }

    private void AssertResource()
    {
        Resource[] resources =
        [
            receiver.Metrics.Resource,
            .. receiver.Spans.Select(static one => one.Resource),
            .. receiver.Logs.Select(static one => one.Resource),
        ];

        Assert.All(resources, static one => Assert.Equal("h2h-throttle", one.Attributes.Text("service.name")));
        Assert.All(resources, static one => Assert.Equal("0.1.0", one.Attributes.Text("service.version")));
        Assert.Single(resources.Select(static one => one.Attributes.Text("service.instance.id")).Distinct());
    }

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
