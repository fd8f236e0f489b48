namespace H2H.Throttle.Core.Ledgers;

/// <summary>How far a contact has come.</summary>
/// <remarks>The numbers are stored: never change or reuse one.</remarks>
public enum ContactState
{
    /// <summary>
    /// Allowed and counted, not yet confirmed. Past its expiry it counts as made, or not, as the policy says.
    /// </summary>
    Reserved = 0,

    /// <summary>It happened.</summary>
    Made = 1,

    /// <summary>Given back; it counts for nothing.</summary>
    Released = 2,

    /// <summary>
    /// Withdrawn because the person opted out. It may be on its way already, so until it is released it counts
    /// as a reservation does.
    /// </summary>
    Revoked = 3,
}
