using System.Collections.Frozen;
using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>Finds what words mean together. Safe from any thread.</summary>
internal sealed class KeywordMatcher(ImmutableArray<KeywordList> lists)
{
    private static readonly KeywordMatch Nothing = new(MessageMeaning.Nothing, null);

    // By the first word, the longest first: "stop all" before "stop". What means something comes before courtesy.
    private readonly FrozenDictionary<string, ImmutableArray<Keyword>> keywords = lists
        .SelectMany(static list => list.Keywords)
        .GroupBy(static keyword => keyword.Words[0])
        .ToFrozenDictionary(
            static same => same.Key,
            static same => same
                .OrderByDescending(static keyword => keyword.Words.Length)
                .ThenBy(static keyword => keyword.Meaning is MessageMeaning.Nothing)
                .ToImmutableArray(),
            StringComparer.Ordinal);

    private readonly ImmutableArray<ImmutableArray<string>> negations =
        [.. lists.SelectMany(static one => one.Negations)];

    /// <summary>
    /// A no if there is nothing but words of stopping and courtesy; a yes, or a call for help, if there is nothing but
    /// that; unclear if a word of stopping stands among others.
    /// </summary>
    public KeywordMatch Match(ImmutableArray<string> words)
    {
        List<Keyword> meant = [];
        bool hasCourtesy = false;
        bool hasOthers = words.Length > KeywordBook.WordsMax;
        for (int i = 0; i < words.Length;)
        {
            Keyword? keyword = At(words, i);
            hasOthers |= keyword?.Meaning is MessageMeaning.OptOut or MessageMeaning.OptOutOfAll && IsNegated(words, i);
            i += keyword?.Words.Length ?? 1;
            if (keyword is null)
            {
                hasOthers |= !IsNumber(words[i - 1]);
                hasCourtesy = true;
            }
            else if (keyword.Meaning is MessageMeaning.Nothing)
            {
                hasCourtesy = true;
            }
            else
            {
                meant.Add(keyword);
            }
        }

        return Judge(meant, hasCourtesy, hasOthers);
    }

    private static KeywordMatch Judge(List<Keyword> meant, bool hasCourtesy, bool hasOthers)
    {
        Keyword? no = meant.Find(static keyword => keyword.Meaning is MessageMeaning.OptOutOfAll)
            ?? meant.Find(static keyword => keyword.Meaning is MessageMeaning.OptOut);
        if (no is not null)
        {
            bool isAll = meant.TrueForAll(
                static keyword => keyword.Meaning is MessageMeaning.OptOut or MessageMeaning.OptOutOfAll);
            return new KeywordMatch(isAll && !hasOthers ? no.Meaning : MessageMeaning.Unclear, no);
        }

        return meant is [{ } first, ..] && !hasCourtesy && meant.TrueForAll(other => other.Meaning == first.Meaning)
            ? new KeywordMatch(first.Meaning, first)
            : Nothing;
    }

    private Keyword? At(ImmutableArray<string> words, int place)
    {
        foreach (Keyword keyword in keywords.GetValueOrDefault(words[place], []))
        {
            if (words.AsSpan()[place..].StartsWith(keyword.Words.AsSpan()))
            {
                return keyword;
            }
        }

        return null;
    }

    private bool IsNegated(ImmutableArray<string> words, int place) =>
        negations.Any(not => words.AsSpan()[..place].EndsWith(not.AsSpan()));

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);
}
