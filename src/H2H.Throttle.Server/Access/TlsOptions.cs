namespace H2H.Throttle.Server.Access;

/// <summary>How the two ports are encrypted.</summary>
/// <remarks>Set as <see cref="ServerOptions"/> are. Files are read again when they change.</remarks>
public sealed class TlsOptions
{
    public const string Section = "Tls";

    /// <summary>
    /// A PEM file with the server's certificate, then those between it and the root; empty: both ports are cleartext.
    /// </summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>A PEM file with the certificate's private key; empty: it is in the certificate's file.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>
    /// A PEM file with the roots of the certificates that callers must show; empty: they need not show any. Health is
    /// told without.
    /// </summary>
    public string ClientRootsPath { get; set; } = "";

    /// <summary>A proxy or mesh before this server encrypts: it may listen beyond loopback in cleartext.</summary>
    public bool EndsElsewhere { get; set; }
}
