using H2H.Throttle.Core.Consent;
using H2H.Throttle.Server.PublicPages.Texts;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Says things in the words of a page.</summary>
internal static class Wording
{
    /// <summary>What contacts are meant; what callers named stands apart, so that it cannot turn the line.</summary>
    public static Markup ScopeOf(PageTexts texts, Scope scope)
    {
        Markup[] parts =
        [
            .. scope.Channel is { } channel ? [Name(texts.NameOf("channel", channel))] : Array.Empty<Markup>(),
            .. scope.Purpose is { } purpose ? [Name(texts.NameOf("purpose", purpose))] : Array.Empty<Markup>(),
            .. scope.Topic is { } topic ? [With(texts, "scope_topic", topic)] : Array.Empty<Markup>(),
            .. scope.Brand is { } brand ? [With(texts, "scope_brand", brand)] : Array.Empty<Markup>(),
        ];
        return parts.Length == 0
            ? Markup.Of($"{texts["scope_everything"]}")
            : Markup.Of($"{parts.SelectMany(static (part, i) => i == 0 ? [part] : new[] { new Markup(", "), part })}");
    }

    /// <summary>A name from elsewhere, which may be written in any direction.</summary>
    public static Markup Name(string name) => Markup.Of($"<bdi>{name}</bdi>");

    /// <summary>A text that is no name, and no markup.</summary>
    public static Markup Plain(string text) => Markup.Of($"{text}");

    /// <summary>A text with markup put into its places.</summary>
    public static Markup Fill(PageTexts texts, string key, params IReadOnlyList<Markup> parts)
    {
        string text = Markup.Of($"{texts[key]}").Text;
        for (int i = 0; i < parts.Count; i++)
        {
            text = text.Replace($"{{{i}}}", parts[i].Text, StringComparison.Ordinal);
        }

        return new Markup(text);
    }

    private static Markup With(PageTexts texts, string key, string name) => Fill(texts, key, Name(name));
}
