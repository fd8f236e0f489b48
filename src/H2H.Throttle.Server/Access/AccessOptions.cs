using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Server.Access;

/// <summary>Who may call.</summary>
/// <remarks>Set as <see cref="ServerOptions"/> are. Files are read again when they change.</remarks>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>
    /// Every call needs a key or a token. Without it every caller is an admin, which only loopback may be.
    /// </summary>
    public bool Required { get; set; }

    /// <summary>Listen beyond loopback without credentials or TLS: anybody on the network is an admin.</summary>
    public bool Insecure { get; set; }

    /// <summary>
    /// A file with the text of one admin key of at least 32 characters, to make the first keys with; empty: none.
    /// </summary>
    public string AdminKeyPath { get; set; } = "";

    /// <summary>Whose JSON Web Tokens are taken: the value of their claim <c>iss</c>; empty: no tokens.</summary>
    public string JwtIssuer { get; set; } = "";

    /// <summary>For whom those tokens must be made: the value of their claim <c>aud</c>.</summary>
    public string JwtAudience { get; set; } = "h2h-throttle";

    /// <summary>
    /// A file with the issuer's public keys, as a JSON Web Key Set; empty: they are fetched from where the issuer's
    /// OpenID configuration says.
    /// </summary>
    public string JwtKeysPath { get; set; } = "";

    /// <summary>The claim that tells the role: sender, agent, admin or auditor.</summary>
    [Required]
    public string JwtRoleClaim { get; set; } = "role";

    /// <summary>The claim that lists the only brands a sender may speak for; without it, all.</summary>
    [Required]
    public string JwtBrandsClaim { get; set; } = "brands";

    /// <summary>How many calls a second one caller may make, each message of a stream counted; 0: no limit.</summary>
    [Range(0, 10_000_000)]
    public int CallsPerSecondMax { get; set; }
}
