using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>
/// The pages that people reach by their links: <c>/u/…</c> to unsubscribe and <c>/me/…</c> of their own.
/// </summary>
internal sealed class PublicOptions
{
    public const string Section = "Public";

    /// <summary>
    /// Where people reach the pages, as links name it: <c>https://preferences.example.com</c>; a path may follow, which
    /// a proxy takes away. Empty: this server's own address, while it listens on loopback.
    /// </summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>
    /// A port for the pages alone, with HTTP/1.1, to expose to everybody; 0 takes any free port, -1 none: the pages are
    /// on <c>Server:HttpPort</c>.
    /// </summary>
    [Range(-1, 65535)]
    public int Port { get; set; } = -1;

    /// <summary>Where that port listens, as <c>Server:Host</c>; empty: as that does.</summary>
    public string Host { get; set; } = "";

    /// <summary>
    /// How many pages a second one address of the network may ask for; 0: no limit. Mail providers unsubscribe many
    /// people from few addresses, and behind a proxy all have the proxy's.
    /// </summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecondMax { get; set; }

    /// <summary>How long a link to unsubscribe is good, in days.</summary>
    [Range(30, 36_500)]
    public int UnsubscribeDays { get; set; } = 1095;

    /// <summary>How long a link to a person's page is good, in days.</summary>
    [Range(1, 3650)]
    public int PageDays { get; set; } = 90;

    /// <summary>
    /// An address that takes mail by which people unsubscribe, as <c>List-Unsubscribe</c> names it besides the link:
    /// pass what comes there on with <c>ReceiveMessage</c>. Empty: none is named.
    /// </summary>
    public string UnsubscribeMail { get; set; } = "";

    /// <summary>Who speaks on the pages, in their heading; empty: nobody.</summary>
    public string Title { get; set; } = "";

    /// <summary>An https address of a logo for the heading; empty: none.</summary>
    public string LogoUrl { get; set; } = "";

    /// <summary>
    /// The colour of buttons and switches. What is too pale or too dark to be read is changed until it can be.
    /// </summary>
    [RegularExpression("^#[0-9A-Fa-f]{6}$", ErrorMessage = "Public:Colour must be written as #1d6b57.")]
    public string Colour { get; set; } = "#1d6b57";

    internal bool HasPort => Port >= 0;

    internal string HostOr(string host) => Host.Length > 0 ? Host : host;
}
