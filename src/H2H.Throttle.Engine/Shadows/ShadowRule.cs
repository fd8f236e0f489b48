namespace H2H.Throttle.Engine.Shadows;

/// <summary>What one rule would have done.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Contacts">Contacts that break it.</param>
/// <param name="Alone">Those of them that nothing else would have refused.</param>
public sealed record ShadowRule(string Rule, long Contacts, long Alone);
