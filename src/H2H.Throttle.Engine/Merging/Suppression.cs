namespace H2H.Throttle.Engine.Merging;

/// <summary>What stays in force against a person who is erased. These numbers are stored.</summary>
public enum Suppression
{
    /// <summary>They are not contacted about anything, but for what ignores opt-outs, until they opt in.</summary>
    Everything = 0,

    /// <summary>What they had opted out of, and no more.</summary>
    AsSaid = 1,
}
