using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Rotation;

public sealed class SqliteRotationTests : RotationConformance
{
    protected override ValueTask<ITrialStore> StartAsync() =>
        new(new SqliteTrialStore(new SqliteOptions().CacheBytesMax));

    protected override StorePorts PortsOf(ITrialStore store) => ((SqliteTrialStore)store).Ports;
}
