using System.IO.Pipelines;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.Telemetry;
using Microsoft.Extensions.Primitives;

namespace H2H.Throttle.Server.Overload;

/// <summary>Refuses a question asked by gRPC that has no room in the queue before anything is done for it.</summary>
/// <remarks>
/// It is not read, nor is its caller asked for credentials, and no exception is thrown: a refusal must cost far less
/// than an answer, or those who are refused take the time of the others. Whoever has credentials is no worse
/// off than without: the same queue would have said the same.
/// </remarks>
internal sealed class OverloadMiddleware(RequestDelegate next, AskQueue asks, CallErrors errors)
{
    private static readonly RefusedException Refusal = CallErrors.Overloaded();
    private static readonly HeaderDictionary Written = Write();

    public Task InvokeAsync(HttpContext http) =>
        asks.IsBusy
        && http.Request.Path.Value is { } path
        && Questions.AreAskedBy(path)
        && ConnectMiddleware.IsGrpc(http.Request)
        && asks.TurnsAway()
            ? RefuseAsync(http, path)
            : next(http);

    private async Task RefuseAsync(HttpContext http, string path)
    {
        await DrainAsync(http.Request.BodyReader, http.RequestAborted);
        CallMeter.Name(path);
        errors.Count(path, Refusal);
        http.Response.ContentType = "application/grpc";
        foreach ((string name, StringValues value) in Written)
        {
            http.Response.Headers[name] = value;
        }
    }

    // Answered before it has been sent, HTTP/2 would have the request's stream broken off.
    private static async ValueTask DrainAsync(PipeReader body, CancellationToken cancellation)
    {
        bool isRead = false;
        while (!isRead)
        {
            ReadResult read = await body.ReadAsync(cancellation);
            body.AdvanceTo(read.Buffer.End);
            isRead = read.IsCompleted;
        }
    }

    private static HeaderDictionary Write()
    {
        HeaderDictionary headers = [];
        GrpcErrorWire.Write(headers, Refusal);
        return headers;
    }
}
