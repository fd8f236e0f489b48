namespace H2H.Throttle.Engine.Policies.Differences;

/// <summary>What a change of a policy means for people.</summary>
public enum Bearing
{
    /// <summary>It cannot be told in general: other contacts may be allowed, and others refused.</summary>
    Other,

    /// <summary>Nothing is allowed that was not; something may be refused that was allowed.</summary>
    Stricter,

    /// <summary>Nothing is refused that was not; something may be allowed that was refused.</summary>
    Looser,

    /// <summary>Every contact is judged as before.</summary>
    None,
}
