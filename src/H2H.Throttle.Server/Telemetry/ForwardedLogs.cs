namespace H2H.Throttle.Server.Telemetry;

/// <summary>Hands what is logged on to another factory, which belongs to somebody else.</summary>
internal sealed class ForwardedLogs(ILoggerFactory to) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => to.CreateLogger(categoryName);

    public void Dispose()
    {
        // The factory is disposed of by whom it belongs to.
    }
}
