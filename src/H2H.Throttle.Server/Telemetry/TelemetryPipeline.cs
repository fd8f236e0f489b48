using System.Reflection;
using H2H.Throttle.Engine.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>Takes what is measured, traced and logged to where it is wanted. Disposing sends what is left.</summary>
internal sealed class TelemetryPipeline : IDisposable
{
    private const string ServiceName = "h2h-throttle";
    private const string SamplerVariable = "OTEL_TRACES_SAMPLER";

    private readonly OpenTelemetrySdk? sdk;
    private readonly ExportComplaints? complaints;

    private TelemetryPipeline(TelemetryOptions options, Destinations sent, ILoggerFactory logs)
    {
        Scrape = options.Prometheus ? new Scrape() : null;
        if (!sent.Any && Scrape is null)
        {
            return;
        }

        complaints = new ExportComplaints(logs.CreateLogger<TelemetryPipeline>(), TimeProvider.System);
        sdk = OpenTelemetrySdk.Create(builder => Build(builder, options, sent));
        if (sent.Logs)
        {
            logs.AddProvider(new ForwardedLogs(sdk.GetLoggerFactory()));
        }
    }

    /// <summary>What is fetched by Prometheus; null: nothing is.</summary>
    public Scrape? Scrape { get; }

    /// <summary>Starts what the options and the environment ask for, maybe nothing.</summary>
    /// <param name="options">What was set for this server.</param>
    /// <param name="logs">All that is logged there is sent from then on, if logs are sent.</param>
    public static TelemetryPipeline Start(TelemetryOptions options, ILoggerFactory logs) =>
        new(options, Destinations.Of(options, Environment.GetEnvironmentVariable), logs);

    public void Dispose()
    {
        sdk?.Dispose();
        complaints?.Dispose();
        Scrape?.Dispose();
    }

    private void Build(IOpenTelemetryBuilder builder, TelemetryOptions options, Destinations sent)
    {
        builder.ConfigureResource(Describe);
        if (sent.Traces)
        {
            builder.WithTracing(tracing => Trace(tracing, options));
        }

        if (sent.Metrics || Scrape is not null)
        {
            builder.WithMetrics(metrics => Measure(metrics, options, sent.Metrics, Scrape));
        }

        if (sent.Logs)
        {
            // Which lines are worth it was decided where they were logged.
            builder.Services.Configure<LoggerFilterOptions>(static all => all.MinLevel = LogLevel.Trace);
            builder.WithLogging(null, log =>
            {
                log.IncludeFormattedMessage = true;
                log.AddOtlpExporter(to => Direct(to, options, "v1/logs"));
            });
        }
    }

    private static void Describe(ResourceBuilder resource)
    {
        string version = typeof(TelemetryPipeline).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        resource.Clear()
            .AddService(ServiceName, serviceVersion: version, autoGenerateServiceInstanceId: true)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();   // the last has the last word
    }

    private static void Trace(TracerProviderBuilder tracing, TelemetryOptions options)
    {
        tracing.AddSource(ThrottleMeter.Name, "Microsoft.AspNetCore", "System.Net.Http");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SamplerVariable)))
        {
            tracing.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TracesRatio)));
        }

        tracing.AddOtlpExporter(to => Direct(to, options, "v1/traces"));
    }

    private static void Measure(MeterProviderBuilder metrics, TelemetryOptions options, bool isSent, Scrape? scrape)
    {
        metrics.AddMeter(
            ThrottleMeter.Name,
            "Microsoft.AspNetCore.Hosting",
            "Microsoft.AspNetCore.Server.Kestrel",
            "System.Net.Http",
            "System.Runtime");
        if (isSent)
        {
            metrics.AddOtlpExporter(to => Direct(to, options, "v1/metrics"));
        }

        if (scrape is not null)
        {
            metrics.AddReader(scrape.Reader);
        }
    }

    /// <summary>Where this server's own options say, if they do.</summary>
    private static void Direct(OtlpExporterOptions to, TelemetryOptions options, string path)
    {
        if (options.Endpoint.Length == 0)
        {
            return;
        }

        bool isGrpc = options.Protocol == "grpc";
        to.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        to.Endpoint = new Uri(isGrpc ? options.Endpoint : $"{options.Endpoint.TrimEnd('/')}/{path}");
    }
}
