using System.Globalization;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A place in a list of contacts: after the one with this instant and number.</summary>
internal sealed record ContactCursor(Instant At, ContactNumber Number, bool OldestFirst)
{
    public ContactCursor(in LedgerContact last, bool oldestFirst)
        : this(last.At, last.Number, oldestFirst)
    {
    }

    /// <summary>Null: from the start.</summary>
    public static ContactCursor? Read(string? text, bool oldestFirst, Problems problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        string[] parts = text.Split('.');
        if (parts.Length == 3
            && parts[0] == OrderOf(oldestFirst)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long at)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && at > Instant.MinValue.ToUnixTimeTicks()
            && at < Instant.MaxValue.ToUnixTimeTicks())
        {
            return new ContactCursor(Instant.FromUnixTimeTicks(at), new ContactNumber(number), oldestFirst);
        }

        problems.Add(
            ProblemReason.PageTokenInvalid, "page_token",
                "page_token is not from a page of this list in this order; start again without it.");
        return null;
    }

    /// <summary>Whether the place is before the contact, in the list's order.</summary>
    public bool Precedes(LedgerContact contact)
    {
        int order = contact.At.CompareTo(At);
        order = order == 0 ? contact.Number.CompareTo(Number) : order;
        return OldestFirst ? order > 0 : order < 0;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{OrderOf(OldestFirst)}.{At.ToUnixTimeTicks()}.{Number.Value}");

    private static string OrderOf(bool oldestFirst) => oldestFirst ? "o" : "n";
}
