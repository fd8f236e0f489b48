using System.Net;

namespace H2H.Throttle.Server.Start;

/// <summary>Who can reach the server, and whether that is safe.</summary>
internal static class Exposure
{
    /// <param name="host">As <see cref="ServerOptions.Host"/>.</param>
    public static bool IsLoopback(string host) => IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
        ? IPAddress.IsLoopback(address)
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="StartException">Anybody on the network could call, or listen in.</exception>
    public static void Require(Settings settings)
    {
        RequireOfPages(settings);
        if (IsLoopback(settings.Server.Host) || settings.Access.Insecure)
        {
            return;
        }

        if (!settings.Access.Required)
        {
            throw new StartException(
                $"Server:Host is {settings.Server.Host}, where anybody on the network could call it as an admin. "
                + "Set Access:Required=true, or Access:Insecure=true if that is what you want.");
        }

        if (settings.Tls.CertificatePath.Length == 0 && !settings.Tls.EndsElsewhere)
        {
            throw new StartException(
                $"Server:Host is {settings.Server.Host}, where anybody on the way could read keys and answers. Set "
                + "Tls:CertificatePath; or Tls:EndsElsewhere=true if a proxy or mesh encrypts; or Access:Insecure=true "
                + "if that is what you want.");
        }
    }

    /// <summary>The port for pages needs no credentials, but links are keys: nobody on the way may read them.</summary>
    private static void RequireOfPages(Settings settings)
    {
        string host = settings.Public.HostOr(settings.Server.Host);
        if (settings.Public.HasPort
            && !IsLoopback(host)
            && settings.Tls.CertificatePath.Length == 0
            && !settings.Tls.EndsElsewhere
            && !settings.Access.Insecure)
        {
            throw new StartException(
                $"The pages of Public:Port are on {host}, where anybody on the way could read people's links. Set "
                + "Tls:CertificatePath; or Tls:EndsElsewhere=true if a proxy or mesh encrypts; or Access:Insecure=true "
                + "if that is what you want.");
        }
    }
}
