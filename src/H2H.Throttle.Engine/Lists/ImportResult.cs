namespace H2H.Throttle.Engine.Lists;

/// <summary>The answer to a finished import.</summary>
/// <param name="List">As it is now.</param>
/// <param name="Import">What was sent.</param>
public sealed record ImportResult(SuppressionList List, ImportProgress Import);
