namespace H2H.Throttle.Core.Decisions;

/// <summary>Whether a rule has a say about a contact, and if not, why not.</summary>
/// <remarks>The numbers are those of the wire: never change or reuse one.</remarks>
public enum RuleStanding
{
    /// <summary>It judges the contact.</summary>
    Governs = 1,

    /// <summary>Its <c>when</c> does not match.</summary>
    NotMatched = 2,

    /// <summary>The contact's purpose is exempt from such rules.</summary>
    PurposeExempt = 3,

    /// <summary>Its <c>unless</c> matches.</summary>
    Excepted = 4,

    /// <summary>Its <c>from</c> is still to come.</summary>
    NotYet = 5,

    /// <summary>Its <c>until</c> has passed.</summary>
    Over = 6,

    /// <summary>A consent that lifts it is in force.</summary>
    LiftedByConsent = 7,
}
