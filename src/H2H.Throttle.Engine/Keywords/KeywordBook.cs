using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>Understands messages by the words that people use to opt out, come back and ask for help.</summary>
/// <remarks>
/// The words are data (<c>keywords.yaml</c>), with their sources. A "no" is understood wherever the whole message, or
/// its first line, is nothing but such words and courtesy: "please stop it" is one, "do not stop" and "I'll stop by"
/// are not. A "yes" and a call for help must stand alone.
/// </remarks>
public sealed class KeywordBook
{
    /// <summary>The longest message that can mean something, in words.</summary>
    public const int WordsMax = 16;

    private const string DefaultLanguage = "en";
    private const string Resource = "keywords.yaml";

    private static readonly Lazy<KeywordBook> OfProduct = new(ReadStandard);
    private readonly ImmutableArray<KeywordList> lists;
    private readonly KeywordMatcher matcher;
    private readonly MessageBody body;

    private KeywordBook(ImmutableArray<KeywordList> lists)
    {
        this.lists = lists;
        matcher = new KeywordMatcher(lists);
        body = new MessageBody(lists);
    }

    /// <summary>The words that the product brings along.</summary>
    public static KeywordBook Standard => OfProduct.Value;

    /// <summary>The languages that it has words of.</summary>
    public IEnumerable<string> Languages => lists.Select(static list => list.Language);

    /// <summary>With the words of another document, of the same form.</summary>
    /// <exception cref="FormatException">It has mistakes, all of which are told.</exception>
    public KeywordBook With(string document)
    {
        Findings findings = new();
        ImmutableArray<KeywordList> more = KeywordReader.Read(document, findings);
        if (!findings.IsEmpty)
        {
            throw new FormatException(string.Join("\n", findings.ToErrors()));
        }

        return new KeywordBook(
        [
            .. lists.Concat(more)
                .GroupBy(static list => list.Language)
                .Select(static same => same.Aggregate(static (one, other) => one.With(other))),
        ]);
    }

    /// <summary>What a message means.</summary>
    /// <param name="text">As it came, of any length.</param>
    /// <param name="language">The person's, as in <c>de</c> or <c>de-AT</c>; null or empty: not known.</param>
    public Understanding Understand(string text, string? language)
    {
        ImmutableArray<ImmutableArray<string>> lines = body.LinesOf(text);
        ImmutableArray<string> whole = [.. lines.SelectMany(static line => line)];
        KeywordMatch match = matcher.Match(whole);
        if (match.Meaning is MessageMeaning.Unclear && lines.Length > 1)
        {
            KeywordMatch first = matcher.Match(lines[0]);
            match = first.Meaning is MessageMeaning.OptOut or MessageMeaning.OptOutOfAll ? first : match;
        }

        return new Understanding(match.Meaning, match.Keyword?.Text, LanguageOf(match, language));
    }

    /// <summary>What may be answered; null: nothing.</summary>
    /// <param name="understood">What to answer.</param>
    /// <param name="brand">Who answers; null or empty: not told.</param>
    public string? ConfirmationOf(Understanding understood, string? brand)
    {
        string? text = ListOf(understood.Language)?.Confirmations.GetValueOrDefault(understood.Meaning)
            ?? ListOf(DefaultLanguage)?.Confirmations.GetValueOrDefault(understood.Meaning);
        return text is null || string.IsNullOrEmpty(brand) ? text : $"{brand}: {text}";
    }

    // A word that several languages share is answered in the person's, else in the first that has it: English.
    private string LanguageOf(KeywordMatch match, string? wanted)
    {
        string asked = wanted?.Split('-', '_')[0].ToLowerInvariant() ?? "";
        return ListOf(asked) is { } known ? known.Language : match.Keyword?.Language ?? DefaultLanguage;
    }

    private KeywordList? ListOf(string language) => lists.FirstOrDefault(list => list.Language == language);

    private static KeywordBook ReadStandard()
    {
        using Stream stream = typeof(KeywordBook).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return new KeywordBook([]).With(reader.ReadToEnd());
    }
}
