using System.Collections.Immutable;
using Grpc.Core;
using Grpc.Health.V1;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Health;

/// <summary>
/// Standard health of the server, "", of each of its services, which are all up or all down together, and of its
/// <see cref="Components"/>. Without the <see cref="Store"/> and a <see cref="Policy"/> no service is up.
/// </summary>
/// <remarks>Source: grpc/grpc, doc/health-checking.md. Watching ends when the server stops.</remarks>
/// <param name="services">The full names of the services that are served.</param>
internal sealed class HealthService(IReadOnlyList<string> services) : Grpc.Health.V1.Health.HealthBase
{
    /// <summary>The component that keeps everything.</summary>
    public const string Store = "store";

    /// <summary>What decides: down while none is known, or none that can be read.</summary>
    public const string Policy = "policy";

    /// <summary>Where opt-outs, policies and the like are told for ever; without it they are refused.</summary>
    public const string Journal = "journal";

    /// <summary>
    /// The suppression lists that the policy asks for: down while one is not there or cannot be read. What depends on
    /// it is denied or not decided; everything else is.
    /// </summary>
    public const string Lists = "lists";

    public static ImmutableArray<string> Components { get; } = [Store, Policy, Journal, Lists];

    private readonly Lock gate = new();
    private readonly List<HealthWatcher> watchers = [];
    private bool isStarted;
    private readonly HashSet<string> up = [];
    private bool isEnded;

    /// <param name="component">One of <see cref="Components"/>.</param>
    public bool IsUp(string component) => StatusOf(component) is ServingStatus.Serving;

    public void Serve() => Change(() => isStarted = true);

    /// <summary>Whether a component serves; none does before it was told for the first time.</summary>
    /// <param name="component">One of <see cref="Components"/>.</param>
    /// <param name="isUp">Whether it does now.</param>
    public void Tell(string component, bool isUp)
    {
        if (IsUp(component) != isUp)
        {
            Change(() => _ = isUp ? up.Add(component) : up.Remove(component));
        }
    }

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
        foreach (string service in Components.Concat(services).Prepend(""))
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
        bool? isUp = Components.Contains(service) ? up.Contains(service)
            : service.Length == 0 || services.Contains(service)
                ? isStarted && up.Contains(Store) && up.Contains(Policy) && !isEnded
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
