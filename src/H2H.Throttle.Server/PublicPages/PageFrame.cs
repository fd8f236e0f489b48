using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Server.PublicPages.Texts;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>What stands around every page: heading, languages, style, and the headers that keep it private.</summary>
internal sealed class PageFrame
{
    private static readonly Colour LightGround = new(255, 255, 255);
    private static readonly Colour DarkGround = new(29, 33, 37);

    private readonly PublicOptions options;
    private readonly Uri? logo;
    private readonly Markup style;
    private readonly string contentPolicy;

    public PageFrame(PublicOptions options, PublicAddress address)
    {
        (this.options, logo) = (options, address.Logo);
        string css = StyleOf(Colour.Parse(options.Colour));
        style = new Markup(css);
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)));
        contentPolicy = $"default-src 'none'; style-src 'sha256-{hash}'; "
            + $"img-src {(logo is null ? "'none'" : logo.GetLeftPart(UriPartial.Authority))}; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    /// <summary>Answers with a page.</summary>
    /// <param name="http">Whom to answer.</param>
    /// <param name="code">The status.</param>
    /// <param name="texts">Of the language.</param>
    /// <param name="title">Of the page, not encoded.</param>
    /// <param name="main">What it says.</param>
    public async Task WriteAsync(HttpContext http, int code, PageTexts texts, string title, Markup main)
    {
        HttpResponse response = http.Response;
        response.StatusCode = code;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = texts.Language;
        response.Headers.Vary = "Accept-Language";
        byte[] page = Encoding.UTF8.GetBytes(Compose(texts, title, main).Text);
        response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(page, http.RequestAborted);
        }
    }

    /// <summary>Nobody keeps the page, learns its address, frames it, or puts anything into it.</summary>
    public void Guard(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = contentPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    private Markup Compose(PageTexts texts, string title, Markup main) => Markup.Of($"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title}{(options.Title.Length > 0 ? $" · {options.Title}" : "")}</title>
        <style>{style}</style>
        </head>
        <body>
        <header><div class="who">{LogoOf()}{options.Title}</div>{LanguagesOf(texts)}</header>
        <main id="main">
        {main}</main>
        </body>
        </html>

        """);

    private Markup LogoOf() => logo is null ? Markup.None : Markup.Of($"""<img src="{logo.AbsoluteUri}" alt="">""");

    private static Markup LanguagesOf(PageTexts texts) => Markup.Of($"""
        <nav aria-label="{texts["languages"]}"><ul>{PageTexts.All.Select(other => LanguageOf(other, texts))}</ul></nav>
        """);

    private static Markup LanguageOf(PageTexts other, PageTexts texts)
    {
        Markup current = other == texts ? new Markup(" aria-current=\"true\"") : Markup.None;
        return Markup.Of($"""
            <li><a href="?{PageLanguage.Parameter}={other.Language}" lang="{other.Language}"
            hreflang="{other.Language}"{current}>{other.Language.ToUpperInvariant()}<span
            class="unseen"> {other["language"]}</span></a></li>
            """);
    }

    private static string StyleOf(Colour accent)
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream("page.css")!;
        using StreamReader reader = new(stream);
        (Colour light, Colour dark) = (accent.ReadableOn(LightGround), accent.ReadableOn(DarkGround));
        return reader.ReadToEnd()
            .Replace("{light}", light.ToString(), StringComparison.Ordinal)
            .Replace("{on-light}", light.Ink().ToString(), StringComparison.Ordinal)
            .Replace("{dark}", dark.ToString(), StringComparison.Ordinal)
            .Replace("{on-dark}", dark.Ink().ToString(), StringComparison.Ordinal);
    }
}
