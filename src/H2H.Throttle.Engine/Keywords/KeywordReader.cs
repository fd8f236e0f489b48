using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>Reads lists of keywords, which are YAML.</summary>
internal static class KeywordReader
{
    public const int LanguageLengthMax = 8;
    private const int KeywordLengthMax = 64;
    private const int ConfirmationLengthMax = 320;   // two text messages

    private static readonly ImmutableArray<string> Keys =
    [
        "sources", "stop", "stop_all", "start", "help", "courtesy", "negations", "reply_ends", "signatures",
        "confirmations",
    ];

    private static readonly ImmutableArray<string> ConfirmationKeys = ["stop", "stop_all", "start", "help"];

    /// <summary>The lists by language; meaningless if something was found.</summary>
    public static ImmutableArray<KeywordList> Read(string document, Findings findings) =>
        DocumentReader.ReadOne(document, findings) is { } root
            && Fields.Of(root, "lists of keywords", LanguagesIn(root), findings) is not null
            && root is Node.Map map
                ? [.. map.Entries.Select(entry => ReadList(entry.Key.Text, entry.Value, findings))]
                : [];

    private static KeywordList ReadList(string language, Node node, Findings findings) =>
        Fields.Of(node, "a language", Keys, findings) is not { } fields
            ? new KeywordList(language)
            : new KeywordList(language)
            {
                Keywords =
                [
                    .. ReadWords(fields["stop"], language, MessageMeaning.OptOut, findings),
                    .. ReadWords(fields["stop_all"], language, MessageMeaning.OptOutOfAll, findings),
                    .. ReadWords(fields["start"], language, MessageMeaning.OptIn, findings),
                    .. ReadWords(fields["help"], language, MessageMeaning.Help, findings),
                    .. ReadWords(fields["courtesy"], language, MessageMeaning.Nothing, findings),
                ],
                Negations = [.. TextsIn(fields["negations"], findings).Select(MessageWords.Of)],
                ReplyEnds = [.. TextsIn(fields["reply_ends"], findings).Select(MessageWords.Of)],
                Signatures = [.. TextsIn(fields["signatures"], findings).Select(MessageWords.Of)],
                Confirmations = ReadConfirmations(fields["confirmations"], findings),
            };

    private static IEnumerable<Keyword> ReadWords(
        Node? node, string language, MessageMeaning meaning, Findings findings) =>
        TextsIn(node, findings)
            .Select(text => new Keyword(MessageWords.Of(text), text, language, meaning))
            .Where(static keyword => keyword.Words.Length > 0);

    private static IEnumerable<string> TextsIn(Node? node, Findings findings) => node switch
    {
        null => [],
        Node.List list => list.Items.SelectMany(item => TextsIn(item, findings)),
        _ => ValueReader.TryText(node, KeywordLengthMax, findings, out Node.Scalar? text) ? [text.Text] : [],
    };

    private static ImmutableDictionary<MessageMeaning, string> ReadConfirmations(Node? node, Findings findings)
    {
        ImmutableDictionary<MessageMeaning, string> confirmations = ImmutableDictionary<MessageMeaning, string>.Empty;
        if (node is null || Fields.Of(node, "confirmations", ConfirmationKeys, findings) is not { } fields)
        {
            return confirmations;
        }

        foreach ((string key, MessageMeaning meaning) in new[]
        {
            ("stop", MessageMeaning.OptOut), ("stop_all", MessageMeaning.OptOutOfAll),
            ("start", MessageMeaning.OptIn), ("help", MessageMeaning.Help),
        })
        {
            if (fields[key] is { } value
                && ValueReader.TryText(value, ConfirmationLengthMax, findings, out Node.Scalar? text))
            {
                confirmations = confirmations.SetItem(meaning, text.Text);
            }
        }

        return confirmations;
    }

    /// <summary>The keys that can be languages: two letters or more, maybe with a region.</summary>
    private static ImmutableArray<string> LanguagesIn(Node root) =>
    [
        "en",
        .. (root as Node.Map)?.Entries.Select(static entry => entry.Key.Text).Where(IsLanguage) ?? [],
    ];

    private static bool IsLanguage(string key) =>
        key.Length is >= 2 and <= LanguageLengthMax && key.All(static c => char.IsAsciiLetterLower(c) || c == '-');
}
