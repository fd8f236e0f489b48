using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>The bare words of a text: lower case, without accents, punctuation, emoji or marks of direction.</summary>
/// <remarks>
/// Full-width <c>ＳＴＯＰ</c> is <c>stop</c>. A letter three times or more in a row stands once (<c>stoppp</c>), and
/// letters that stand alone are one word (<c>S.T.O.P.</c>).
/// </remarks>
internal static class MessageWords
{
    private const int RepeatsMin = 3;

    public static ImmutableArray<string> Of(string text)
    {
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        StringBuilder word = new();
        foreach (Rune given in text.EnumerateRunes())
        {
            Rune rune = PlainLetters.Narrow(given);
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(PlainLetters.Of(Rune.ToLowerInvariant(rune)));
            }
            else if (!IsMark(rune))
            {
                End(word, words);
            }
        }

        End(word, words);
        return words.Count > 1 && words.All(static one => one.Length == 1)
            ? [WithoutRepeats(string.Concat(words))]
            : words.ToImmutable();
    }

    private static void End(StringBuilder word, ImmutableArray<string>.Builder words)
    {
        if (word.Length > 0)
        {
            words.Add(WithoutRepeats(word.ToString()));
            word.Clear();
        }
    }

    /// <summary>What stands on or between letters without parting them.</summary>
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark
        or UnicodeCategory.Format;

    private static string WithoutRepeats(string word)
    {
        StringBuilder once = new(word.Length);
        for (int i = 0; i < word.Length;)
        {
            int end = i + 1;
            while (end < word.Length && word[end] == word[i])
            {
                end++;
            }

            once.Append(word[i], end - i >= RepeatsMin && char.IsLetter(word[i]) ? 1 : end - i);
            i = end;
        }

        return once.ToString();
    }
}
