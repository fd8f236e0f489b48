using System.Globalization;
using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>Gives a reason to the errors that gRPC answers by itself, before a call reaches its service.</summary>
/// <remarks>
/// Those are a request that is too large, and one that is not the protobuf it should be, for which gRPC says UNKNOWN
/// and this says INVALID_ARGUMENT. All errors of services come with theirs from <see cref="CallGuard"/>.
/// </remarks>
internal sealed class GrpcErrorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);

        IHeaderDictionary headers = http.Response.Headers;
        if (!http.Response.HasStarted
            && ConnectMiddleware.IsGrpc(http.Request)
            && int.TryParse(headers[GrpcErrorWire.StatusHeader], CultureInfo.InvariantCulture, out int code)
            && Explain((StatusCode)code) is { } refused
            && !headers.ContainsKey(ErrorWire.DetailsTrailer))
        {
            GrpcErrorWire.Write(headers, refused);
        }
    }

    private static RefusedException? Explain(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => new RefusedException(
            code, ErrorReason.BodyTooLarge, "The request is larger than the server accepts."),
        StatusCode.Unknown => new RefusedException(
            StatusCode.InvalidArgument,
            ErrorReason.BodyMalformed,
            "The request is not the protobuf that the call takes."),
        _ => null,
    };
}
