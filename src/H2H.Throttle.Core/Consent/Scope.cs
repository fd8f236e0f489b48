using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Consent;

/// <summary>
/// What a person's word is about. A part that is null is about all of its kind; all null is everything.
/// </summary>
public sealed record Scope(string? Channel = null, string? Purpose = null, string? Topic = null)
{
    public static Scope Everything { get; } = new();

    public bool Covers(ContactTraits traits) =>
        (Channel is null || Channel == traits.Channel)
        && (Purpose is null || Purpose == traits.Purpose)
        && (Topic is null || Topic == traits.Topic);

    /// <summary>Whether all that <paramref name="other"/> is about, this is about too.</summary>
    public bool Contains(Scope other) =>
        (Channel is null || Channel == other.Channel)
        && (Purpose is null || Purpose == other.Purpose)
        && (Topic is null || Topic == other.Topic);

    public override string ToString()
    {
        string[] parts =
        [
            .. new[] { ("channel", Channel), ("purpose", Purpose), ("topic", Topic) }
                .Where(static part => part.Item2 is not null)
                .Select(static part => $"{part.Item1} {part.Item2}"),
        ];
        return parts.Length == 0 ? "everything" : string.Join(", ", parts);
    }
}
