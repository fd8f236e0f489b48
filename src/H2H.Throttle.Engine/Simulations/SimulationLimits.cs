using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>What a reader of a report has to know of what it leaves out.</summary>
internal static class SimulationLimits
{
    public static ImmutableArray<string> Of(
        SimulationPlan plan, ReplayedRules candidate, ReplayedRules? baseline, SimulationTally tally) =>
    [
        .. Always(),
        .. Rules(plan.Candidate, candidate, baseline),
        .. Numbers(plan, tally),
    ];

    private static IEnumerable<string> Always()
    {
        yield return "Contacts are put to the policy in the order in which they were asked for; those that it refuses "
            + "count for nothing afterwards, and nobody is taken to have tried again later.";
        yield return "A ledger holds contacts that were made or reserved. Of what was refused when it was asked for a "
            + "store keeps no more than how often, so what the policy would newly allow is known only of a history "
            + "that tells refusals, and of contacts that were recorded past the limits.";
        yield return "Zones, countries, attributes and pools are as they are now. Opt-outs, consents, events and "
            + "outcomes count from when they were so; an opt-out that was lifted since is taken never to have been.";
        yield return "The person's own limits, quiet times and snoozes hold under every policy and are left out.";
    }

    private static IEnumerable<string> Rules(Policy written, ReplayedRules candidate, ReplayedRules? baseline)
    {
        string[] leftOut = [.. candidate.LeftOut.Union(baseline?.LeftOut ?? [])];
        if (leftOut.Length > 0)
        {
            yield return $"Rules about holds and lists refuse nothing here, for how those stood then is not kept: "
                + $"{string.Join(", ", leftOut)}.";
        }

        string[] warning =
            [.. written.Rules.Where(static rule => rule.Effect is Effect.Warn).Select(static rule => rule.Name)];
        if (warning.Length > 0)
        {
            yield return "Rules that warn refuse nothing here, as if every caller had overridden them: "
                + $"{string.Join(", ", warning)}.";
        }
    }

    private static IEnumerable<string> Numbers(SimulationPlan plan, SimulationTally tally)
    {
        if (plan.Sample < 1)
        {
            yield return "The numbers are of a sample; margins hold for 95 samples of 100.";
        }

        if (tally.PeopleApart > 0)
        {
            yield return $"{tally.PeopleApart} people share pools with more others than could be put to the policy "
                + "together; for them limits of pools count less than there was.";
        }

        if (tally.PeopleUnreadable > 0)
        {
            yield return $"The records of {tally.PeopleUnreadable} people are damaged and were passed over.";
        }
    }
}
