using NodaTime;

namespace H2H.Throttle.Core.Consent;

/// <summary>
/// A person wants to be left alone for a while: from now until, but not including, <paramref name="Until"/>.
/// </summary>
public sealed record Snooze(Scope Scope, Instant Until)
{
    /// <summary>The most snoozes that one person has at a time.</summary>
    public const int SnoozesMax = 32;
}
