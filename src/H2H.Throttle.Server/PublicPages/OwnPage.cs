using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>
/// A person's own page: who contacted them, who was refused, what is allowed, and switches for all of it.
/// </summary>
/// <remarks>
/// Plain forms: each posts to the page, which does it and sends back to itself (POST, redirect, GET), so that nothing
/// is done twice by going back. The token in the path is what makes a form one of ours: who does not know it cannot
/// post, and no cookie is there to be ridden on.
/// </remarks>
internal sealed class OwnPage(ThrottleEngine engine, PageFrame frame, PublicOptions options)
{
    private const string DoneParameter = "done";
    private const string Failed = "failed";

    private readonly OwnDesk own = engine.Own.Through("page");

    public async Task AnswerAsync(HttpContext http, Link link, PageTexts texts)
    {
        if (HttpMethods.IsPost(http.Request.Method))
        {
            string done = await DoAsync(http, link);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location =
                $"?{PageLanguage.Parameter}={texts.Language}&{DoneParameter}={done}";
            return;
        }

        OwnView view = await engine.Own.ViewAsync(link.Person, http.RequestAborted);
        OwnStory story = new(view, texts);
        OwnSwitches switches = new(view, texts);
        OwnChoices choices = new(view, texts);
        Instant end = link.Issued + Duration.FromDays(options.PageDays);
        Markup main = Markup.Of($"""
            <a class="skip" href="#choices">{texts["skip"]}</a>
            <h1>{texts["title"]}</h1>
            {NoticeOf(http.Request, texts)}<p class="lead">{texts["intro"]}</p>
            {choices.State()}
            <div id="choices">
            {switches.All()}{choices.HowOften()}{choices.QuietHours()}</div>
            {story.All()}
            <footer><p>{texts.With("key", texts.Write(end, story.Zone))}
            {texts.With("zone", story.Zone.Id)}</p></footer>
            """);
        await frame.WriteAsync(http, StatusCodes.Status200OK, texts, texts["title"], main);
    }

    private async Task<string> DoAsync(HttpContext http, Link link)
    {
        if (await PageForm.ReadAsync(http) is not { } form || OwnWish.Read(form) is not { } wish)
        {
            return Failed;
        }

        try
        {
            await wish.DoAsync(own, link.Person, http.RequestAborted);
            return wish.Name;
        }
        catch (RequestException)
        {
            return Failed;   // of what the page offers only too much of it can be refused
        }
    }

    private static Markup NoticeOf(HttpRequest request, PageTexts texts)
    {
        string done = request.Query[DoneParameter].ToString();
        return done == Failed
            ? Markup.Of($"<p class=\"done failed\" role=\"alert\">{texts[Failed]}</p>\n")
            : OwnWish.Names.Contains(done)
                ? Markup.Of($"<p class=\"done\" role=\"status\">{texts[$"done_{done}"]}</p>\n")
                : Markup.None;
    }
}
