namespace H2H.Throttle.Adversity.Trials;

/// <summary>An attempt to break promises.</summary>
internal interface ITrial
{
    /// <summary>What is done, as a row of the table begins.</summary>
    string Name { get; }

    Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation);
}
