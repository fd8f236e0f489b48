using System.Net;
using System.Net.Sockets;
using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server.Webhooks;

/// <summary>
/// Which addresses events may be sent to: else whoever may make a webhook could have the server ask what only its own
/// network may. Safe from any thread.
/// </summary>
/// <remarks>
/// The registries are those of RFC 6890 (IANA's special-purpose addresses). Of IPv6 only global unicast, 2000::/3, is
/// public. Addresses that carry one of IPv4 inside (mapped, NAT64, 6to4) are judged by that one.
/// </remarks>
internal sealed class AddressGuard
{
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly IPNetwork[] allowed;
    private readonly bool allowsHttp;
    private readonly bool isLocal;

    /// <exception cref="StartException">A network is none, or the pauses are the wrong way round.</exception>
    public AddressGuard(WebhookOptions options, ServerOptions own)
    {
        if (options.PauseMinMs > options.PauseMaxMs)
        {
            throw new StartException("Webhooks:PauseMinMs must not be more than Webhooks:PauseMaxMs.");
        }

        isLocal = Exposure.IsLoopback(own.Host);
        allowsHttp = options.AllowHttp;
        allowed =
        [
            .. options.AllowedNetworks
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Read),
            .. isLocal ? Loopback : [],
        ];
    }

    /// <summary>Why nothing may be sent to this URL, as far as it shows without looking an address up.</summary>
    /// <returns>Null: it may be.</returns>
    public string? WhyNot(Uri url)
    {
        IPAddress? literal = IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) ? address : null;
        if (literal is not null && !Allows(literal))
        {
            return WhyNot(literal);
        }

        bool isLoopback = literal is null ? url.Host == "localhost" : IPAddress.IsLoopback(literal);
        return url.Scheme == Uri.UriSchemeHttps || allowsHttp || (isLoopback && isLocal)
            ? null
            : "Events are sent by https alone; Webhooks:AllowHttp allows http.";
    }

    /// <summary>For people; names the address, which is the receiver's.</summary>
    public static string WhyNot(IPAddress address) =>
        $"{address} is not a public address; Webhooks:AllowedNetworks allows others.";

    public bool Allows(IPAddress address)
    {
        IPAddress judged = Inner(address);
        return allowed.Any(network => network.Contains(judged) || network.Contains(address)) || IsPublic(judged);
    }

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily is AddressFamily.InterNetwork || Global.Contains(address))
        && !Special.Any(network => network.Contains(address));

    /// <summary>The address of IPv4 that one of IPv6 stands for; as it is, if it stands for none.</summary>
    private static IPAddress Inner(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (Nat64.Contains(address))
        {
            return new IPAddress(address.GetAddressBytes()[12..]);
        }

        return SixToFour.Contains(address) ? new IPAddress(address.GetAddressBytes()[2..6]) : address;
    }

    private static IPNetwork Read(string text) => IPNetwork.TryParse(text, out IPNetwork network)
        ? network
        : throw new StartException(
            $"Webhooks:AllowedNetworks has {text}; write networks such as 10.1.0.0/16, parted by commas.");
}
