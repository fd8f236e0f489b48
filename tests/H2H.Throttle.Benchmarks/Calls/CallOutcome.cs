namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>What became of a call or of an item of a stream.</summary>
internal enum CallOutcome
{
    /// <summary>It ended without an answer: an error, or the service was too busy.</summary>
    Unanswered,

    /// <summary>Yes, or what an echo ought to say.</summary>
    Allowed,

    Denied,
}
