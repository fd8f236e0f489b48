using System.Net;
using Google.Protobuf;
using Grpc.Core;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;

namespace H2H.Throttle.Server.Access;

/// <summary>Lets a caller make a call, or says what it lacks. Safe from any thread.</summary>
internal sealed class Doorkeeper(
    AccessOptions options, TlsOptions tls, CredentialReader credentials, CallerLimits limits, BrandCheck brands)
{
    private const string Item = "h2h.caller";

    private static readonly Caller Local = Caller.Anyone with { Kind = ActorKind.Local };

    /// <summary>Who makes this call; <see cref="Caller.Anyone"/> and the like where nobody is asked.</summary>
    public static Caller CallerOf(ServerCallContext call)
    {
        HttpContext http = HttpOf(call);
        return http.Items.TryGetValue(Item, out object? caller) ? (Caller)caller! : Unproved(http.Connection);
    }

    /// <summary>Before a call; nothing else is done for it if this throws.</summary>
    /// <returns>Null: it does not matter who calls.</returns>
    /// <exception cref="RefusedException">No credentials, wrong ones, or the call is not for that role.</exception>
    public async ValueTask<Caller?> AdmitAsync(ServerCallContext call)
    {
        if (!options.Required && tls.ClientRootsPath.Length == 0)
        {
            return null;
        }

        string name = call.Method.TrimStart('/');
        if (CallRoles.IsOpen(name))
        {
            return null;
        }

        HttpContext http = HttpOf(call);
        if (tls.ClientRootsPath.Length > 0 && http.Connection.ClientCertificate is null)
        {
            throw AccessErrorWire.NoCertificate();
        }

        if (!options.Required)
        {
            return null;
        }

        Caller caller = await credentials.ReadAsync(http.Request.Headers.Authorization, call.CancellationToken);
        if (!CallRoles.Allow(name, caller.Role))
        {
            throw AccessErrorWire.NotForRole(name, caller.Role);
        }

        limits.Take(caller);
        http.Items[Item] = caller;
        return caller;
    }

    /// <summary>While a call goes on for long: its caller may have lost the key, or the token ended.</summary>
    /// <exception cref="RefusedException">The credentials open this call no more.</exception>
    public async ValueTask RecheckAsync(ServerCallContext call)
    {
        if (options.Required)
        {
            HttpContext http = HttpOf(call);
            Caller now = await credentials.ReadAsync(http.Request.Headers.Authorization, call.CancellationToken);
            string name = call.Method.TrimStart('/');
            if (!CallRoles.Allow(name, now.Role))
            {
                throw AccessErrorWire.NotForRole(name, now.Role);
            }
        }
    }

    /// <summary>
    /// Once the message is known: those of its calls count that <see cref="AdmitAsync"/> could not know of.
    /// </summary>
    /// <exception cref="RefusedException">They are more than the caller may make.</exception>
    public void TakeMore(Caller? caller, object message)
    {
        if (caller is not null && ManyItems.CountIn(message) is > 1 and int calls)
        {
            limits.Take(caller, calls - 1);
        }
    }

    /// <summary>Before each message of a stream: waits until its caller may make the calls of it.</summary>
    public ValueTask WaitAsync(Caller? caller, object message, CancellationToken cancellation) => caller is null
        ? default
        : limits.WaitAsync(caller, ManyItems.CountIn(message), cancellation);

    /// <summary>Whether the caller may speak for the brands that the message is about.</summary>
    /// <exception cref="RefusedException">It may not.</exception>
    public ValueTask CheckBrandsAsync(Caller? caller, object message, CancellationToken cancellation) =>
        caller is null or { Brands.IsEmpty: true }
            ? default
            : brands.CheckAsync(caller, (IMessage)message, cancellation);

    private static Caller Unproved(ConnectionInfo connection) => connection switch
    {
        { ClientCertificate: { } certificate } =>
            Caller.Anyone with { Kind = ActorKind.Certificate, Id = certificate.Subject },
        { RemoteIpAddress: { } address } when IPAddress.IsLoopback(address) => Local,
        _ => Caller.Anyone,
    };

    private static HttpContext HttpOf(ServerCallContext call) =>
        call is ConnectCallContext connect ? connect.Http : call.GetHttpContext();
}
