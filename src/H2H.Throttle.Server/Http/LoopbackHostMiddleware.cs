using Grpc.Core;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Start;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>
/// Where no credentials are asked for, answers plain HTTP only to those who call this machine by a name of its loopback
/// interface.
/// </summary>
/// <remarks>
/// What needs no credentials because it listens on loopback could otherwise be asked by any web page in a browser on
/// this machine, by a name that was made to point here (DNS rebinding). Browsers cannot speak gRPC's HTTP/2.
/// </remarks>
internal sealed class LoopbackHostMiddleware(RequestDelegate next, AccessOptions access)
{
    public Task InvokeAsync(HttpContext http) =>
        access.Required || access.Insecure
        || ConnectMiddleware.IsGrpc(http.Request) || Exposure.IsLoopback(http.Request.Host.Host)
            ? next(http)
            : ConnectErrorWire.WriteAsync(http.Response, ErrorWire.Write(new RefusedException(
                StatusCode.PermissionDenied,
                ErrorReason.HostNotAllowed,
                "Call this machine localhost, 127.0.0.1 or [::1]: it answers to no other name.",
                "Host")));
}
