using System.Collections.Immutable;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Every trial there is.</summary>
internal static class AllTrials
{
    public static ImmutableArray<ITrial> List { get; } =
    [
        new SimulationTrial(),
        new KilledServerTrial(),
        new TornStoreTrial(),
        new KilledServersTrial(),
        new KilledRedisTrial("always"),
        new KilledRedisTrial("everysec"),
        new DisturbedRedisTrial(),
        new FailoverTrial(),
        new ClientTrial(isOnBadLine: false),
        new ClientTrial(isOnBadLine: true),
        new AdmissionTrial(processes: 1),
        new AdmissionTrial(processes: 4),
        new HouseholdTrial(processes: 1),
        new HouseholdTrial(processes: 3),
        new OptOutTrial(),
        new RecordFuzzTrial(),
        new PolicyFuzzTrial(),
        new JsonFuzzTrial(),
    ];
}
