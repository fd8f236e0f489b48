namespace H2H.Throttle.Cli.Demo;

/// <summary>What became of a contact that a brand wanted to make.</summary>
internal enum Fate
{
    /// <summary>It reached the person.</summary>
    Through,

    /// <summary>A rule or the person was in the way.</summary>
    Refused,

    /// <summary>It was allowed, but the person said no before it was made.</summary>
    TakenBack,
}
