using System.Collections.Immutable;
using Grpc.Core;

namespace H2H.Throttle.Client;

/// <summary>A call ended without an answer.</summary>
public sealed class ThrottleException : Exception
{
    internal ThrottleException(
        StatusCode status,
        string message,
        string? reason,
        string? field,
        ImmutableArray<FieldViolation> violations,
        TimeSpan? retryAfter,
        RpcException cause)
        : base(message, cause) =>
        (Status, Reason, Field, Violations, RetryAfter) = (status, reason, field, violations, retryAfter);

    /// <summary>The kind of failure, as gRPC knows it.</summary>
    public StatusCode Status { get; }

    /// <summary>
    /// Why, for programs: a word of <c>ErrorReason</c> without its prefix, such as <c>CHANNEL_UNKNOWN</c>. Null: it was
    /// not the service that said no, but something on the way to it, or this end.
    /// </summary>
    public string? Reason { get; }

    /// <summary>The field of the request at fault, such as <c>contact.channel</c>; null: none alone.</summary>
    public string? Field { get; }

    /// <summary>Everything that is wrong with the request; empty if it is not the request.</summary>
    public ImmutableArray<FieldViolation> Violations { get; }

    /// <summary>When the service asks to be asked again; null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// The same call may succeed later, or has succeeded unheard. With a request id it is safe to repeat.
    /// </summary>
    public bool MayBeRepeated => Status
            is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled
            or StatusCode.Aborted or StatusCode.ResourceExhausted
        ? Reason is not ("POLICY_VERSION_CONFLICT" or "BODY_TOO_LARGE")
        : Reason is null && Status is StatusCode.Internal or StatusCode.Unknown;
}
