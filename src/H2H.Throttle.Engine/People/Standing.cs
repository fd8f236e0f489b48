namespace H2H.Throttle.Engine.People;

/// <summary>Where a contact stands at some instant, as callers see it.</summary>
public enum Standing
{
    /// <summary>It counts and may be confirmed in time.</summary>
    Reserved,

    /// <summary>It happened.</summary>
    Made,

    /// <summary>Nobody confirmed it in time; it counts as made.</summary>
    Unconfirmed,

    /// <summary>It was given back, or nobody confirmed it in time and the policy lets it go.</summary>
    Released,

    /// <summary>The person opted out before it was confirmed.</summary>
    Revoked,
}
