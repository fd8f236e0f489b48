namespace H2H.Throttle.Core.Rules;

/// <summary>What it means that a rule is not met.</summary>
public enum Effect
{
    /// <summary>The contact is denied.</summary>
    Deny,

    /// <summary>The contact is denied unless the caller overrides with a reason.</summary>
    Warn,

    /// <summary>It is reported and denies nothing.</summary>
    Observe,
}
