using Grpc.Core;
using Grpc.Health.V1;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Health;

/// <summary>
/// Standard health of the server, "", of each of its services, which are all up or all down together, and of the
/// <see cref="Store"/>, without which none is up.
/// </summary>
/// <remarks>Source: grpc/grpc, doc/health-checking.md. Watching ends when the server stops.</remarks>
/// <param name="services">The full names of the services that are served.</param>
internal sealed class HealthService(IReadOnlyList<string> services) : Grpc.Health.V1.Health.HealthBase
{
    /// <summary>The component that keeps everything.</summary>
    public const string Store = "store";

    private readonly Lock gate = new();
    private readonly List<HealthWatcher> watchers = [];
    private bool isStarted;
    private bool isStoreUp;
    private bool isEnded;

    public bool IsStoreUp => StatusOf(Store) is ServingStatus.Serving;

    public void Serve() => Change(() => isStarted = true);

    /// <summary>Whether the store answers; not before it was told for the first time.</summary>
    public void TellStore(bool isUp) => Change(() => isStoreUp = isUp);

    /// <summary>Tells every watcher and lets them go.</summary>
    public void StopServing() => Change(() => isEnded = true);

    public ServingStatus StatusOf(string service)
    {
        lock (gate)
        {
            return Status(service);
        }
    }

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        ServingStatus status = StatusOf(request.Service);
        return status is not ServingStatus.ServiceUnknown
            ? Task.FromResult(Answer(status))
            : throw new RefusedException(
                StatusCode.NotFound, ErrorReason.CallUnknown, "There is no such service.", "service");
    }

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        HealthListResponse response = new();
        foreach (string service in services.Prepend(Store).Prepend(""))
        {
            response.Statuses.Add(service, Answer(StatusOf(service)));
        }

        return Task.FromResult(response);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        // The standard wants the stream to stay open when the service is unknown, in case it appears. Here none can.
        HealthWatcher watcher = Subscribe(request.Service);
        try
        {
            await foreach (ServingStatus change in watcher.Changes.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(Answer(change), context.CancellationToken);
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

    private HealthWatcher Subscribe(string service)
    {
        HealthWatcher watcher = new(service);
        lock (gate)
        {
            watchers.Add(watcher);
            watcher.Tell(Status(service), isEnded);
        }

        return watcher;
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            watchers.ForEach(watcher => watcher.Tell(Status(watcher.Service), isEnded));
        }
    }

    private ServingStatus Status(string service)
    {
        bool? isUp = service == Store ? isStoreUp
            : service.Length == 0 || services.Contains(service) ? isStarted && isStoreUp && !isEnded
            : null;
        return isUp switch
        {
            null => ServingStatus.ServiceUnknown,
            true => ServingStatus.Serving,
            false => ServingStatus.NotServing,
        };
    }

    private static HealthCheckResponse Answer(ServingStatus status) => new() { Status = status };
}
