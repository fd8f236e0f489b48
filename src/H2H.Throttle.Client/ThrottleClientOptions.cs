using System.Security.Cryptography.X509Certificates;

namespace H2H.Throttle.Client;

/// <summary>How a client proves who it is, and knows the server.</summary>
public sealed class ThrottleClientOptions
{
    /// <summary>A key or a JSON Web Token, sent with every call; null: the server asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Which program this is, for the journal: 1 to 24 letters, digits, points, hyphens and underscores; null: not
    /// told.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>Whose certificates the server's must descend from; null: those that this machine trusts.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    /// <summary>
    /// How often a unary call is made again that an overloaded service refused, each time after the pause that it asks
    /// for and within the call's deadline. Nothing was done then, so that this is safe without a request id. 0: never.
    /// </summary>
    public int OverloadRepeatsMax { get; init; } = 3;

    /// <summary>Shown to a server that asks callers for a certificate, with its private key; null: none.</summary>
    public X509Certificate2? Certificate { get; init; }
}
