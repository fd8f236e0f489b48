using H2H.Throttle.Engine.Archives;

namespace H2H.Throttle.Cli.Stores;

/// <summary>A store that is open for copying.</summary>
internal sealed class OpenedStore(IAsyncDisposable store, StorePorts ports) : IAsyncDisposable
{
    public StorePorts Ports => ports;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
