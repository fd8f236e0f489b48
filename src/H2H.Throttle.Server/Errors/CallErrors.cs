using System.Security.Cryptography;
using Grpc.Core;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>
/// Says what a failure means to the caller. What is nobody's but ours is logged and told by its id only.
/// </summary>
internal sealed class CallErrors(CallMeter meter, ILogger<CallErrors> log)
{
    /// <summary>What a caller is told whose deadline passed.</summary>
    public static RefusedException DeadlinePassed() => new(
        StatusCode.DeadlineExceeded,
        ErrorReason.DeadlinePassed,
        "The deadline passed. The outcome is unknown: repeat the call with the same request id to learn it.");

    /// <summary>What a caller is told whose question cannot be answered in time.</summary>
    public static RefusedException Overloaded() => new(
        StatusCode.ResourceExhausted,
        ErrorReason.Overloaded,
        "The service has more questions than it can answer in time. Nothing was done; try again a little later.");

    /// <param name="streamsMax">How many are open.</param>
    public static RefusedException TooManyStreams(int streamsMax) => new(
        StatusCode.ResourceExhausted,
        ErrorReason.Overloaded,
        $"{streamsMax} streams of questions are open already. Nothing was done; try again a little later, or ask more "
        + "over each.");

    /// <summary>What a caller is told who comes, or is still talking, when the server was asked to stop.</summary>
    public static RefusedException ShuttingDown(string done) => new(
        StatusCode.Unavailable, ErrorReason.ShuttingDown, $"The service is shutting down. {done}");

    /// <summary>The store's own message names places on this machine; it stays in the log.</summary>
    public static RefusedException OfStore(StoreException store) => store.Failure switch
    {
        StoreFailure.Full => new RefusedException(
            StatusCode.Unavailable,
            ErrorReason.StoreFull,
            "The store has no room left to write. No decision was made."),
        StoreFailure.ReadOnly => new RefusedException(
            StatusCode.Unavailable, ErrorReason.StoreReadOnly, "The store may not be written. No decision was made."),
        StoreFailure.OtherKey => new RefusedException(
            StatusCode.Unavailable,
            ErrorReason.StoreOtherKey,
            "The store's records were made with another identity key than this server has. No decision was made."),
        StoreFailure.Damaged or StoreFailure.Foreign or StoreFailure.Newer => new RefusedException(
            StatusCode.DataLoss, ErrorReason.StoreDamaged, "The store holds what this service cannot read."),
        _ => new RefusedException(
            StatusCode.Unavailable,
            ErrorReason.StoreUnavailable,
            "The store cannot be used now. No decision was made."),
    };

    /// <summary>A call was refused.</summary>
    public void Count(string method, RefusedException refused) =>
        meter.Failed(method, refused.Reason, refused.Code.ToString());

    public RpcException Translate(Exception error, ServerCallContext call)
    {
        if (error is RpcException known)
        {
            return known;
        }

        if (Explain(error, call) is { } refused)
        {
            Count(call.Method, refused);
            return ErrorWire.Write(refused);
        }

        string id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        log.Failed(call.Method, id, error);
        meter.Failed(call.Method, ErrorReason.Bug, nameof(StatusCode.Internal));
        return ErrorWire.WriteBug(id);
    }

    /// <summary>Null: it is a mistake of ours.</summary>
    private RefusedException? Explain(Exception error, ServerCallContext call)
    {
        switch (error)
        {
            case RefusedException refused:
                return refused;
            case RequestException request:
                return ProblemWire.Write(request);
            case StoreException store:
                log.StoreFailed(call.Method, store.Failure, store);
                return OfStore(store);
            case OperationCanceledException or IOException when call.CancellationToken.IsCancellationRequested:
                return OfCancellation(call);
            default:
                return null;
        }
    }

    /// <summary>What is noted of a call whose caller does not wait for its end.</summary>
    public static RefusedException OfCancellation(ServerCallContext call) => call.Deadline == DateTime.MaxValue
        ? new RefusedException(
            StatusCode.Cancelled, ErrorReason.CallCancelled, "The caller hung up. The outcome is unknown.")
        : DeadlinePassed();
}
