using OpenTelemetry.Metrics;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>All metrics as text, whenever somebody fetches them. Safe from any thread.</summary>
internal sealed class Scrape : IDisposable
{
    private const int CollectTimeoutMs = 10_000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Func<int, bool> collect;
    private string collected = "";

    public Scrape()
    {
        PrometheusExporter exporter = new(text => collected = text);
        Reader = new BaseExportingMetricReader(exporter);
        collect = exporter.Collect!;   // which the reader has just given it
    }

    /// <summary>To be added to what is measured; disposed of with it.</summary>
    public MetricReader Reader { get; }

    /// <exception cref="OperationCanceledException">Whoever asked hung up while others were served.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return collect(CollectTimeoutMs)
                ? collected
                : throw new TimeoutException($"The metrics could not be collected within {CollectTimeoutMs} ms.");
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
