using H2H.Throttle.Mutation.Faults;
using H2H.Throttle.Mutation.Trials;

namespace H2H.Throttle.Mutation.Reports;

/// <summary>What became of a fault, and which test told; null: none did, or the tests did not even start.</summary>
internal sealed record Finding(Fault Fault, Outcome Outcome, string? By)
{
    public bool IsNoticed => Outcome is Outcome.Noticed or Outcome.Hung;

    /// <summary>Core's own tests did not notice it, those of a project that uses Core did.</summary>
    public bool IsNoticedElsewhere =>
        IsNoticed && By?.StartsWith("H2H.Throttle.Core", StringComparison.Ordinal) == false;
}
