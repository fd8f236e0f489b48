using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace H2H.Throttle.Server.Start;

/// <summary>Where the started server listens.</summary>
/// <param name="Grpc">For gRPC, HTTP/2.</param>
/// <param name="Http">For JSON, HTTP/1.1.</param>
/// <param name="Public">For people's pages alone; null: they are on the port for JSON.</param>
internal sealed record ServerAddresses(Uri Grpc, Uri Http, Uri? Public)
{
    public Uri PublicOrHttp => Public ?? Http;

    /// <remarks>Kestrel reports addresses in the order in which they were asked for.</remarks>
    public static ServerAddresses Of(IServer server)
    {
        Uri[] addresses =
        [
            .. server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
                .Select(static address => new Uri(address)),
        ];
        return new ServerAddresses(addresses[0], addresses[1], addresses.ElementAtOrDefault(2));
    }
}
