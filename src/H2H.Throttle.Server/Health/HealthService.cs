using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Health;

/// <summary>
/// Standard health of the server, "", and of each of its services, which are all up or all down together.
/// </summary>
/// <remarks>Source: grpc/grpc, doc/health-checking.md. Watching ends when the server stops.</remarks>
/// <param name="services">The full names of the services that are served.</param>
internal sealed class HealthService(IReadOnlyList<string> services) : Grpc.Health.V1.Health.HealthBase
{
    private readonly Lock gate = new();
    private readonly List<Channel<ServingStatus>> watchers = [];
    private ServingStatus status = ServingStatus.NotServing;
    private bool ended;

    public void Serve() => Change(ServingStatus.Serving, ends: false);

    /// <summary>Tells every watcher and lets them go.</summary>
    public void StopServing() => Change(ServingStatus.NotServing, ends: true);

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        IsServed(request.Service)
            ? Task.FromResult(Answer(Current))
            : throw new RefusedException(
                StatusCode.NotFound, ErrorReason.CallUnknown, "There is no such service.", "service");

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        HealthListResponse response = new();
        foreach (string service in services.Prepend(""))
        {
            response.Statuses.Add(service, Answer(Current));
        }

        return Task.FromResult(response);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        // The standard wants the stream to stay open when the service is unknown, in case it appears. Here none can.
        Channel<ServingStatus> watcher = Subscribe();
        bool served = IsServed(request.Service);
        try
        {
            await foreach (ServingStatus change in watcher.Reader.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(
                    Answer(served ? change : ServingStatus.ServiceUnknown), context.CancellationToken);
            }
        }
        finally
        {
            lock (gate)
            {
                watchers.Remove(watcher);
            }
        }
    }

    private ServingStatus Current
    {
        get
        {
            lock (gate)
            {
                return status;
            }
        }
    }

    private bool IsServed(string service) => service.Length == 0 || services.Contains(service);

    private Channel<ServingStatus> Subscribe()
    {
        // Only the latest status is worth telling.
        Channel<ServingStatus> watcher = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            watchers.Add(watcher);
            Tell(watcher);
        }

        return watcher;
    }

    private void Change(ServingStatus changed, bool ends)
    {
        lock (gate)
        {
            (status, ended) = (changed, ends);
            watchers.ForEach(Tell);
        }
    }

    private void Tell(Channel<ServingStatus> watcher)
    {
        watcher.Writer.TryWrite(status);
        if (ended)
        {
            watcher.Writer.TryComplete();
        }
    }

    private static HealthCheckResponse Answer(ServingStatus status) => new() { Status = status };
}
