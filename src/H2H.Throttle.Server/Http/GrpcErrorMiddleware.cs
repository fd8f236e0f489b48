using System.Globalization;
using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>Gives a reason to the errors that gRPC answers by itself, around a call or before it.</summary>
/// <remarks>
/// Those are a deadline that passes while a unary call is answered, a request that is too large, and one that is not
/// the protobuf it should be, for which gRPC says UNKNOWN and this says INVALID_ARGUMENT. All errors of services come
/// with theirs from <see cref="CallGuard"/>. A stream that has begun ends with what gRPC says, and no reason.
/// </remarks>
internal sealed class GrpcErrorMiddleware(RequestDelegate next)
{
    private static readonly Func<object, Task> GiveReason = static response => GiveReasonAsync((HttpResponse)response);

    public Task InvokeAsync(HttpContext http)
    {
        if (ConnectMiddleware.IsGrpc(http.Request))
        {
            // Not after the call: when a deadline passes, gRPC completes the response while the call still runs.
            http.Response.OnStarting(GiveReason, http.Response);
        }

        return next(http);
    }

    private static Task GiveReasonAsync(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        if (int.TryParse(headers[GrpcErrorWire.StatusHeader], CultureInfo.InvariantCulture, out int code)
            && !headers.ContainsKey(ErrorWire.DetailsTrailer)
            && Explain((StatusCode)code) is { } refused)
        {
            GrpcErrorWire.Write(headers, refused);
        }

        return Task.CompletedTask;
    }

    private static RefusedException? Explain(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => new RefusedException(
            code, ErrorReason.BodyTooLarge, "The request is larger than the server accepts."),
        StatusCode.Unknown => new RefusedException(
            StatusCode.InvalidArgument,
            ErrorReason.BodyMalformed,
            "The request is not the protobuf that the call takes."),
        StatusCode.DeadlineExceeded => CallErrors.DeadlinePassed(),
        _ => null,
    };
}
