using System.Diagnostics;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.PublicPages.Texts;
using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>
/// Answers all that is under <c>/u/</c> and <c>/me/</c>, and nothing else on the port for pages alone. No login, no
/// cookie, no script.
/// </summary>
/// <remarks>
/// A token that is old, of another deployment, for another page, bent, cut or no token at all gets one and the same
/// answer, to GET and POST, before any store is asked: neither the answer nor its time tells whether anybody exists. A
/// good token gets a page whether or not its person is known.
/// </remarks>
internal sealed class PublicMiddleware(
    RequestDelegate next,
    ThrottleEngine engine,
    PublicOptions options,
    AccessOptions access,
    PublicAddress address,
    PageFrame frame,
    VisitorLimits limits,
    CallGate gate,
    GoodLinks links,
    ILogger<PublicMiddleware> log)
{
    private readonly UnsubscribePage unsubscribe = new(engine, frame);
    private readonly OwnPage own = new(engine, frame, options);

    public Task InvokeAsync(HttpContext http)
    {
        (string Page, string Token)? asked = PublicPaths.Read(http.Request.Path);
        return !PublicPort.IsOf(http) && (asked is null || !IsHostAllowed(http))
            ? next(http)
            : AnswerGuardedAsync(http, asked);
    }

    private async Task AnswerGuardedAsync(HttpContext http, (string Page, string Token)? asked)
    {
        Conceal(http, asked?.Page);
        PageTexts texts = PageLanguage.Of(http.Request);
        frame.Guard(http.Response);
        if (!limits.TryTake(http.Connection.RemoteIpAddress))
        {
            await RefuseAsync(http, StatusCodes.Status429TooManyRequests, texts, "busy");
            return;
        }

        await AnswerAsync(http, asked, texts);
    }

    private async Task AnswerAsync(HttpContext http, (string Page, string Token)? asked, PageTexts texts)
    {
        bool entered = false;
        try
        {
            gate.Enter();
            entered = true;
            if (!IsMethodAllowed(http.Request) || asked is not { } page || Open(page.Page, page.Token) is not { } link)
            {
                await RefuseAsync(http, StatusCodes.Status404NotFound, texts, "bad");
                return;
            }

            await (link.Use is LinkUse.Unsubscribe
                ? unsubscribe.AnswerAsync(http, link, texts)
                : own.AnswerAsync(http, link, texts));
        }
        catch (Exception error) when (error is StoreException or RefusedException && !http.Response.HasStarted)
        {
            log.PageFailed(error);
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, texts, "busy");
        }
        finally
        {
            if (entered)
            {
                gate.Leave();
            }
        }
    }

    private Link? Open(string page, string token) => links.Open(
        page == PublicPaths.Unsubscribe ? LinkUse.Unsubscribe : LinkUse.Page, token);

    private Task RefuseAsync(HttpContext http, int code, PageTexts texts, string reason)
    {
        if (code is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        string title = texts[$"{reason}_title"];
        return frame.WriteAsync(
            http, code, texts, title, Markup.Of($"<h1>{title}</h1><p class=\"lead\">{texts[$"{reason}_text"]}</p>"));
    }

    /// <summary>A token is a key: no log and no trace may have it, whoever writes them after this.</summary>
    private static void Conceal(HttpContext http, string? page)
    {
        http.Request.Path = $"/{page}";
        Activity.Current?.SetTag("url.path", http.Request.Path.Value);
    }

    // As for calls: without credentials, no page of the web may ask this machine by a name of its own making.
    private bool IsHostAllowed(HttpContext http)
    {
        string host = http.Request.Host.Host;
        return access.Required || access.Insecure || Exposure.IsLoopback(host) || address.IsNamed(host);
    }

    private static bool IsMethodAllowed(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsPost(request.Method);
}
