using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace H2H.Throttle.Client.Errors;

/// <summary>Reads errors as they come over the wire (AIP-193).</summary>
internal static class ErrorWire
{
    private const string Domain = "throttle.h2h";

    // Where gRPC carries the google.rpc.Status.
    private const string DetailsTrailer = "grpc-status-details-bin";

    public static ThrottleException Read(RpcException error)
    {
        ErrorInfo? info = null;
        BadRequest bad = new();
        TimeSpan? retryAfter = null;
        foreach (Any detail in DetailsOf(error))
        {
            if (detail.TryUnpack(out ErrorInfo found) && found.Domain == Domain)
            {
                info = found;
            }
            else if (detail.TryUnpack(out BadRequest violations))
            {
                bad = violations;
            }
            else if (detail.TryUnpack(out RetryInfo retry) && retry.RetryDelay is { } delay)
            {
                retryAfter = delay.ToTimeSpan();
            }
        }

        string? field = info is not null && info.Metadata.TryGetValue("field", out string? name) ? name : null;
        ImmutableArray<FieldViolation> read =
        [
            .. bad.FieldViolations.Select(static one => new FieldViolation(one.Field, one.Reason, one.Description)),
        ];
        return new ThrottleException(
            error.StatusCode, error.Status.Detail, info?.Reason, field, read, retryAfter, error);
    }

    private static RepeatedField<Any> DetailsOf(RpcException error)
    {
        try
        {
            byte[]? trailer = error.Trailers.GetValueBytes(DetailsTrailer);
            return trailer is null ? [] : Google.Rpc.Status.Parser.ParseFrom(trailer).Details;
        }
        catch (InvalidProtocolBufferException)
        {
            // Some other server's trailer: its status is all that can be understood.
            return [];
        }
    }
}
