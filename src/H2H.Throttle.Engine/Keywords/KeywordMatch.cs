namespace H2H.Throttle.Engine.Keywords;

/// <summary>What some words mean together.</summary>
/// <param name="Meaning">What they mean.</param>
/// <param name="Keyword">The first that means it; null: none does.</param>
internal sealed record KeywordMatch(MessageMeaning Meaning, Keyword? Keyword);
