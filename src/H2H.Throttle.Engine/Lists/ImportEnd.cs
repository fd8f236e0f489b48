namespace H2H.Throttle.Engine.Lists;

/// <summary>What the sender of an import says at its end.</summary>
/// <param name="Lines">How many were sent, blank ones included; the import is refused if others were received.</param>
/// <param name="AllowsEmpty">The list may become empty.</param>
/// <param name="AllowsOlder">It may replace a newer one.</param>
public sealed record ImportEnd(long Lines, bool AllowsEmpty = false, bool AllowsOlder = false);
