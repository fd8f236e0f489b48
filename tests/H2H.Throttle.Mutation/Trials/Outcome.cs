namespace H2H.Throttle.Mutation.Trials;

/// <summary>What became of a fault.</summary>
internal enum Outcome
{
    /// <summary>A test failed, or the process ended.</summary>
    Noticed,

    /// <summary>A test did not end.</summary>
    Hung,

    /// <summary>Every test passed.</summary>
    Alive,

    /// <summary>No test comes to it.</summary>
    Unreached,
}
