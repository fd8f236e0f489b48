namespace H2H.Throttle.Engine.Keywords;

/// <summary>What was understood of a message.</summary>
/// <param name="Meaning">What it means.</param>
/// <param name="Keyword">
/// The first word by which it does, as it is written in the list; null: it means nothing.
/// </param>
/// <param name="Language">The language to answer in, as in <c>en</c>.</param>
public sealed record Understanding(MessageMeaning Meaning, string? Keyword, string Language);
