using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace H2H.Throttle.Server.PublicPages.Texts;

/// <summary>Chooses the language of a page: the one that was clicked, else what the browser would like best.</summary>
internal static class PageLanguage
{
    public const string Parameter = "lang";

    private const int WishesMax = 20;

    public static PageTexts Of(HttpRequest request)
    {
        if (Find(request.Query[Parameter]) is { } chosen)
        {
            return chosen;
        }

        // RFC 9110, section 12.5.4. What is no list of languages is no wish.
        IEnumerable<string> wishes = StringWithQualityHeaderValue
            .TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()],
                out IList<StringWithQualityHeaderValue>? list)
                ? list.Take(WishesMax)
                    .Where(static wish => wish.Quality is not 0)
                    .OrderByDescending(static wish => wish.Quality ?? 1)
                    .Select(static wish => wish.Value.Value!.Split('-')[0])
                : [];
        return wishes.Select(static wish => Find(wish)).FirstOrDefault(static found => found is not null)
            ?? PageTexts.All[0];
    }

    private static PageTexts? Find(StringValues language) => PageTexts.All.FirstOrDefault(
        texts => texts.Language.Equals(language, StringComparison.OrdinalIgnoreCase));
}
