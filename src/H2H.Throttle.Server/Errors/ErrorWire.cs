using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Wire;
using Status = Grpc.Core.Status;

namespace H2H.Throttle.Server.Errors;

/// <summary>
/// Writes errors as they go over the wire: a status with a <see cref="ErrorInfo"/> in every one (AIP-193).
/// </summary>
internal static class ErrorWire
{
    public const string Domain = "throttle.h2h";

    /// <summary>Where gRPC carries the <see cref="Google.Rpc.Status"/>.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    public static RpcException Write(RefusedException refused)
    {
        ErrorInfo info = new() { Domain = Domain, Reason = ErrorReasonNames.Name(refused.Reason) };
        if (!string.IsNullOrEmpty(refused.Field))
        {
            info.Metadata["field"] = refused.Field;
        }

        Google.Rpc.Status status = new() { Code = (int)refused.Code, Message = refused.Message };
        status.Details.Add(Any.Pack(info));
        if (refused.Violations.Length > 0)
        {
            BadRequest bad = new();
            bad.FieldViolations.AddRange(refused.Violations.Select(WriteViolation));
            status.Details.Add(Any.Pack(bad));
        }

        if (refused.RetryAfter is { } pause)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(pause) }));
        }

        return Write(status);
    }

    /// <summary>
    /// An error that is our mistake: the caller learns nothing but the id under which the log has it.
    /// </summary>
    public static RpcException WriteBug(string errorId)
    {
        ErrorInfo info = new() { Domain = Domain, Reason = ErrorReasonNames.Name(ErrorReason.Bug) };
        info.Metadata["error_id"] = errorId;
        Google.Rpc.Status status = new()
        {
            Code = (int)StatusCode.Internal,
            Message = $"The service failed by a mistake of its own; its log has the details under {errorId}.",
        };
        status.Details.Add(Any.Pack(info));
        return Write(status);
    }

    /// <summary>
    /// The details of an error that <see cref="Write(RefusedException)"/> wrote; empty for any other.
    /// </summary>
    public static IReadOnlyList<Any> ReadDetails(RpcException error)
    {
        byte[]? trailer = error.Trailers.GetValueBytes(DetailsTrailer);
        return trailer is null ? [] : Google.Rpc.Status.Parser.ParseFrom(trailer).Details;
    }

    private static RpcException Write(Google.Rpc.Status status) => new(
        new Status((StatusCode)status.Code, status.Message),
        new Metadata { { DetailsTrailer, status.ToByteArray() } });

    private static BadRequest.Types.FieldViolation WriteViolation(Violation violation) => new()
    {
        Field = violation.Field,
        Description = violation.Message,
        Reason = ErrorReasonNames.Name(violation.Reason),
    };
}
