using System.Text;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>
/// Answers every unary call by the Connect protocol: POST, the request in the body, JSON or protobuf.
/// </summary>
/// <remarks>
/// Leaves gRPC's own requests and paths that are no call to what comes after it. Source: connectrpc.com, "Protocol
/// Reference", section "Unary-Request". Compressed requests are refused, as that text provides for.
/// </remarks>
internal sealed class ConnectMiddleware(
    RequestDelegate next, ConnectMethods methods, CallErrors errors, TimeProvider clock, ServerOptions options)
{
    private const string VersionHeader = "Connect-Protocol-Version";

    // A timer cannot be set for longer; nobody waits that long for a call.
    private static readonly TimeSpan TimerMax = TimeSpan.FromDays(49);

    private readonly RequestBody body = new(options.RequestBytesMax);

    public Task InvokeAsync(HttpContext http)
    {
        if (IsGrpc(http.Request))
        {
            return next(http);
        }

        return methods.Find(http.Request.Path.Value ?? "") is { } method
            ? AnswerAsync(http, method)
            : IsMisspelt(http) ? ConnectPipeline.RefuseAsync(http, methods) : next(http);
    }

    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    // Routes ignore case, the names of calls do not: left to gRPC this would be a bare 415.
    private static bool IsMisspelt(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;

    private async Task AnswerAsync(HttpContext http, ConnectMethod method)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        ConnectCallContext call = new(method.FullName, http, ending.Token);
        try
        {
            if (!await RefuseFormAsync(http))
            {
                ReadTimeout(http.Request.Headers, call, ending);
                await AnswerAsync(http, method, call);
            }
        }
        catch (Exception error) when (error is not BadHttpRequestException && !http.Response.HasStarted)
        {
            await ConnectErrorWire.WriteAsync(http.Response, errors.Translate(error, call));
        }
    }

    private async Task AnswerAsync(HttpContext http, ConnectMethod method, ConnectCallContext call)
    {
        string content = ConnectContent.Of(http.Request.ContentType)!;
        IMessage request = await body.ReadAsync(http.Request, content, method.Request, call.CancellationToken);
        IMessage response = await method.Invoke(request, call);
        await WriteAsync(http, content, response);
    }

    private void ReadTimeout(IHeaderDictionary headers, ConnectCallContext call, CancellationTokenSource ending)
    {
        if (ConnectTimeout.Read(headers) is not { } timeout)
        {
            return;
        }

        call.EndsAt(clock.GetUtcNow().UtcDateTime + timeout);
        if (timeout == TimeSpan.Zero)
        {
            ending.Cancel();
        }
        else if (timeout <= TimerMax)
        {
            ending.CancelAfter(timeout);
        }
    }

    // True: the request cannot be a Connect call, and the answer says so.
    private static async Task<bool> RefuseFormAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await RefuseAsync(
                StatusCodes.Status405MethodNotAllowed,
                "Every call is a POST with the request in the body: people's ids do not belong into addresses.");
            return true;
        }

        if (ConnectContent.Of(http.Request.ContentType) is null)
        {
            http.Response.Headers["Accept-Post"] = ConnectContent.Accepted;
            await RefuseAsync(
                StatusCodes.Status415UnsupportedMediaType,
                $"Send the header Content-Type: {ConnectContent.Json} (or {ConnectContent.Proto}).");
            return true;
        }

        if (http.Request.Headers.ContentEncoding is [{ Length: > 0 } encoding] && encoding != "identity")
        {
            await RefuseAsync(
                StatusCodes.Status501NotImplemented, "Send the body uncompressed: no encoding is supported.");
            return true;
        }

        if (http.Request.Headers[VersionHeader] is [{ Length: > 0 } version] && version != "1")
        {
            throw RefusedException.Invalid(
                [new Violation(VersionHeader, ErrorReason.BodyMalformed, $"{VersionHeader} must be 1.")]);
        }

        return false;

        Task RefuseAsync(int httpStatus, string message) => ConnectErrorWire.WriteAsync(
            http.Response,
            ErrorWire.Write(new RefusedException(StatusCode.Unimplemented, ErrorReason.CallUnknown, message)),
            httpStatus);
    }

    private static async Task WriteAsync(HttpContext http, string content, IMessage response)
    {
        byte[] bytes = content == ConnectContent.Json
            ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(response))
            : response.ToByteArray();
        http.Response.ContentType = content;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
