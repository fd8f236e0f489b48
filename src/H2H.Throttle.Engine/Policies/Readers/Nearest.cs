namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Guesses which word was meant.</summary>
public static class Nearest
{
    private const int ComparedLengthMax = 64;

    /// <summary>
    /// The word that the fewest added, dropped, changed or swapped letters make out of <paramref name="text"/>
    /// (Damerau 1964, Levenshtein 1966); null if that takes more than a third of them.
    /// </summary>
    public static string? To(string text, IEnumerable<string> words)
    {
        if (text.Length > ComparedLengthMax)
        {
            return null;
        }

        string? nearest = null;
        int least = Math.Max(1, text.Length / 3) + 1;
        foreach (string word in words)
        {
            int distance = string.Equals(word, text, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(text, word);
            if (distance < least)
            {
                (nearest, least) = (word, distance);
            }
        }

        return nearest;
    }

    private static int Distance(string one, string other)
    {
        int[][] edits = new int[one.Length + 1][];
        for (int i = 0; i <= one.Length; i++)
        {
            edits[i] = new int[other.Length + 1];
            for (int j = 0; j <= other.Length; j++)
            {
                edits[i][j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(edits[i - 1][j], edits[i][j - 1]) + 1,
                    edits[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    edits[i][j] = Math.Min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }

        return edits[one.Length][other.Length];
    }
}
