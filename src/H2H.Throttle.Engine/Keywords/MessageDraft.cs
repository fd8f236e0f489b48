using H2H.Throttle.Engine.Links;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>A message that came from a person, as a caller passes it on, not checked yet.</summary>
/// <param name="Text">As it came. It is not stored.</param>
/// <param name="Channel">By which it came.</param>
public sealed record MessageDraft(string? Text, string? Channel)
{
    public const int TextLengthMax = 10_000;

    /// <summary>To which it went; null or empty: not told.</summary>
    public string? Brand { get; init; }

    public MessageReach Reach { get; init; }

    /// <summary>The person's, as in <c>de</c>; null or empty: not known.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The link whose token the message has, as <see cref="MessageReader.TokenIn"/> finds it: then it opts out whom and
    /// what that names. Null: it has none.
    /// </summary>
    public Link? Link { get; init; }

    /// <summary>Where it was said; null or empty: the channel and the keyword.</summary>
    public string? Source { get; init; }
}
