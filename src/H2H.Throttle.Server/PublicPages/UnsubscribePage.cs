using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.PublicPages.Texts;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>What a link to unsubscribe opens: a button; and what mail programs post to it (RFC 8058).</summary>
internal sealed class UnsubscribePage(ThrottleEngine engine, PageFrame frame)
{
    /// <summary>The form field by which a POST opts out, and nothing else does.</summary>
    public const string Field = "List-Unsubscribe";

    public const string Value = "One-Click";

    private const string Source = "one-click link";

    private readonly OwnDesk own = engine.Own.Through("link");

    public async Task AnswerAsync(HttpContext http, Link link, PageTexts texts)
    {
        if (HttpMethods.IsPost(http.Request.Method) && await IsOneClickAsync(http))
        {
            await own.OptOutAsync(link.Person, link.Scope, Source, http.RequestAborted);
            await WriteAsync(http, texts, texts["unsubscribed_title"], Markup.Of($"""
                <section class="state" role="status"><p>{texts["unsubscribed_text"]}</p>
                <p><strong>{Wording.ScopeOf(texts, link.Scope)}</strong></p></section>
                """));
            return;
        }

        await WriteAsync(http, texts, texts["unsubscribe_title"], Markup.Of($"""
            <p class="lead">{texts["unsubscribe_ask"]}</p>
            <section><p><strong>{Wording.ScopeOf(texts, link.Scope)}</strong></p>
            <form method="post"><input type="hidden" name="{Field}" value="{Value}">
            <button class="main">{texts["unsubscribe_button"]}</button></form></section>
            <p class="soft">{texts["unsubscribe_calm"]}</p>
            """));
    }

    private Task WriteAsync(HttpContext http, PageTexts texts, string title, Markup body) => frame.WriteAsync(
        http, StatusCodes.Status200OK, texts, title, Markup.Of($"<h1>{title}</h1>{body}"));

    private static async Task<bool> IsOneClickAsync(HttpContext http)
    {
        IFormCollection? form = await PageForm.ReadAsync(http);
        return form is not null && form[Field].Equals(Value);
    }
}
