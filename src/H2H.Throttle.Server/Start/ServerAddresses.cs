using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace H2H.Throttle.Server.Start;

/// <summary>Where the started server listens.</summary>
/// <param name="Grpc">For gRPC, HTTP/2.</param>
/// <param name="Http">For JSON, HTTP/1.1.</param>
internal sealed record ServerAddresses(Uri Grpc, Uri Http)
{
    /// <remarks>Kestrel reports addresses in the order in which they were asked for.</remarks>
    public static ServerAddresses Of(WebApplication app)
    {
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new ServerAddresses(new Uri(addresses.First()), new Uri(addresses.Last()));
    }
}
