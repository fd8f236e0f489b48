using System.Collections.Immutable;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>What a trial found.</summary>
/// <param name="Load">What was asked of the service.</param>
/// <param name="Faults">What was done to it meanwhile.</param>
/// <param name="Held">What held, in words that name the figures.</param>
/// <param name="Flaws">What did not; empty: all held.</param>
internal sealed record TrialResult(string Load, string Faults, string Held, ImmutableArray<string> Flaws)
{
    /// <summary>
    /// What the trial finds. That it did not come to its end is a flaw, so that the others are still tried.
    /// </summary>
    public static async Task<TrialResult> OfAsync(ITrial trial, Scale scale, CancellationToken cancellation)
    {
        try
        {
            return await trial.RunAsync(scale, cancellation);
        }
        catch (Exception broken) when (broken is not (OutOfMemoryException or OperationCanceledException))
        {
            return new TrialResult("–", "–", "", [$"It did not come to its end: {broken}"]);
        }
    }
}
