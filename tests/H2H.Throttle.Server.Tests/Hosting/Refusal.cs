using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>An error as a client that is not ours reads it: from the status and its standard details.</summary>
public sealed record Refusal(StatusCode Code, string Message, ErrorInfo Info, BadRequest? BadRequest)
{
    public string Reason => Info.Reason;

    /// <summary>The field at fault; empty if none in particular is.</summary>
    public string Field => Info.Metadata.GetValueOrDefault("field", "");

    /// <summary>Each violation as <c>field REASON</c>, in order.</summary>
    public IReadOnlyList<string> Violations =>
        [.. BadRequest?.FieldViolations.Select(static one => $"{one.Field} {one.Reason}") ?? []];

    public static async Task<Refusal> OfAsync<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        using (call)
        {
            return Of(await Assert.ThrowsAsync<RpcException>(async () => await call));
        }
    }

    public static Refusal Of(RpcException error)
    {
        Google.Rpc.Status status = Google.Rpc.Status.Parser.ParseFrom(
            error.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((int)error.StatusCode, status.Code);
        Assert.Equal(error.Status.Detail, status.Message);

        ErrorInfo info = Assert.Single(status.Details, static one => one.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>();
        Assert.Equal("throttle.h2h", info.Domain);
        Any? bad = status.Details.SingleOrDefault(static one => one.Is(BadRequest.Descriptor));
        return new Refusal(error.StatusCode, error.Status.Detail, info, bad?.Unpack<BadRequest>());
    }
}
