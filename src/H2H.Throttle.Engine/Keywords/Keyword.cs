using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>A word, or a few in a row, that mean something, or nothing, in a message.</summary>
/// <param name="Words">As <see cref="MessageWords"/> leaves them; not empty.</param>
/// <param name="Text">As it is written in the list.</param>
/// <param name="Language">Of the list it is from.</param>
/// <param name="Meaning">Nothing: it is mere courtesy.</param>
internal sealed record Keyword(ImmutableArray<string> Words, string Text, string Language, MessageMeaning Meaning);
