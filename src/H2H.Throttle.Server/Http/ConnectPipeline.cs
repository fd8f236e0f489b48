using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Overload;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>Puts the Connect protocol before everything else that is served, and a clear refusal after it.</summary>
internal static class ConnectPipeline
{
    public static void UseConnect(this WebApplication app)
    {
        app.UseMiddleware<SpanMiddleware>();
        app.UseMiddleware<OverloadMiddleware>();
        app.UseMiddleware<GrpcErrorMiddleware>();
        app.UseMiddleware<LoopbackHostMiddleware>();
        app.UseMiddleware<ConnectMiddleware>();
    }

    /// <summary>Refuses what is nothing, in the words of whoever asks, with the nearest call as a hint.</summary>
    public static void MapNothingElse(this WebApplication app) => app.MapFallback("{**path}", RefuseAsync);

    public static async Task RefuseAsync(HttpContext http, ConnectMethods methods)
    {
        string hint = methods.Near(http.Request.Path.Value ?? "") is { } near
            ? $"Did you mean {near}?"
            : "Calls are POST /h2h.throttle.v1.ThrottleService/Check and the like; GET /openapi.json lists them.";
        RefusedException refused = new(
            StatusCode.Unimplemented, ErrorReason.CallUnknown, $"There is no such call here. {hint}");
        if (ConnectMiddleware.IsGrpc(http.Request))
        {
            http.Response.ContentType = "application/grpc";
            GrpcErrorWire.Write(http.Response.Headers, refused);
        }
        else
        {
            await ConnectErrorWire.WriteAsync(http.Response, ErrorWire.Write(refused), StatusCodes.Status404NotFound);
        }
    }
}
