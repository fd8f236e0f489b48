using System.Threading.Channels;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Health;

/// <summary>One who is told each change of a service's health. One at a time may tell.</summary>
internal sealed class HealthWatcher(string service)
{
    // Only the latest status is worth telling.
    private readonly Channel<ServingStatus> changes = Channel.CreateBounded<ServingStatus>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private ServingStatus? told;

    public string Service => service;

    public ChannelReader<ServingStatus> Changes => changes.Reader;

    public void Tell(ServingStatus status, bool isLast)
    {
        if (status != told)
        {
            told = status;
            changes.Writer.TryWrite(status);
        }

        if (isLast)
        {
            changes.Writer.TryComplete();
        }
    }
}
