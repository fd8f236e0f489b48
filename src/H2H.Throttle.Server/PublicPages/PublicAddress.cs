using System.Text;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Keywords;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Start;
using Microsoft.AspNetCore.Hosting.Server;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>By which address people reach the pages.</summary>
internal sealed class PublicAddress
{
    private readonly IServer server;
    private readonly bool isLocal;
    private readonly Uri? set;
    private readonly string mail;

    /// <exception cref="StartException">A setting is no address.</exception>
    public PublicAddress(PublicOptions options, ServerOptions own, IServer server)
    {
        this.server = server;
        isLocal = Exposure.IsLoopback(own.Host);
        set = options.BaseUrl.Length == 0 ? null : Read(options.BaseUrl, "Public:BaseUrl", ["https", "http"]);
        mail = options.UnsubscribeMail;
        if (mail.Length > 0 && !(Ascii.IsValid(mail) && AddressForm.IsPlainMail(mail)))
        {
            throw new StartException(
                $"Public:UnsubscribeMail is {mail}; write a mail address such as unsubscribe@lists.example.com.");
        }

        Logo = options.LogoUrl.Length == 0 ? null : Read(options.LogoUrl, "Public:LogoUrl", ["https"]);
    }

    /// <summary>Null: there is none.</summary>
    public Uri? Logo { get; }

    /// <summary>Of a page, such as <c>me</c>, and a token.</summary>
    /// <exception cref="RefusedException">Nobody has told the address.</exception>
    public string Of(string page, string token)
    {
        Uri root = set
            ?? (isLocal ? ServerAddresses.Of(server).PublicOrHttp : throw LinkErrorWire.NotSetUp());
        return $"{root.AbsoluteUri.TrimEnd('/')}/{page}/{token}";
    }

    /// <summary>
    /// By which a mail unsubscribes, whose subject has the token (RFC 6068); null: nobody takes such mail.
    /// </summary>
    public string? MailOf(string token) => mail.Length == 0
        ? null
        : $"mailto:{MailEscaped()}?subject={MessageReader.Unsubscribe}%20{token}";

    private string MailEscaped() => Uri.EscapeDataString(mail).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>Whether it is the name by which links call this server.</summary>
    public bool IsNamed(string host) => set is not null && set.Host.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static Uri Read(string text, string setting, string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && schemes.Contains(address.Scheme)
        && address.Query.Length == 0
        && address.Fragment.Length == 0
        && address.UserInfo.Length == 0
            ? address
            : throw new StartException(
                $"{setting} is {text}; write an address such as {schemes[0]}://preferences.example.com.");
}
