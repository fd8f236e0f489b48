using System.Globalization;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Journals;

/// <summary>A place in a list of entries: behind the one at that position, in the list's order.</summary>
internal sealed record JournalCursor(long Position, bool OldestFirst)
{
    /// <summary>Null: from the start.</summary>
    public static JournalCursor? Read(string? text, bool oldestFirst, Problems problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text[0] == OrderOf(oldestFirst)
            && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long position))
        {
            return new JournalCursor(position, oldestFirst);
        }

        problems.Add(
            ProblemReason.PageTokenInvalid,
            "page_token",
            "page_token is not from a page of this list in this order; start again without it.");
        return null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{OrderOf(OldestFirst)}{Position}");

    private static char OrderOf(bool oldestFirst) => oldestFirst ? 'o' : 'n';
}
