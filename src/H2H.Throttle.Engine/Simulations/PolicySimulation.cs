using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Puts the past of many people to a policy that is not in force. Reads, and changes nothing.</summary>
/// <remarks>
/// Its memory does not grow with the number of people, but for those who share pools over which a rule counts: they
/// are put to the policy together, and so have to be at hand together, up to <see cref="PooledPast.ContactsMax"/>
/// contacts.
/// </remarks>
public sealed class PolicySimulation
{
    private readonly SimulationPlan plan;
    private readonly SimulationPace pace;
    private readonly SimulationTally tally;
    private readonly PooledPast pools;
    private readonly ReplayedRules candidate;
    private readonly ReplayedRules? baseline;
    private readonly string baselineName;

    /// <param name="plan">What to simulate.</param>
    /// <param name="baselineName">What it is held against, in words.</param>
    /// <param name="pace">How much of the processor to take.</param>
    public PolicySimulation(SimulationPlan plan, string baselineName, SimulationPace pace)
    {
        (this.plan, this.baselineName, this.pace) = (plan, baselineName, pace);
        candidate = ReplayedRules.Of(plan.Candidate);
        baseline = plan.Baseline is { } policy ? ReplayedRules.Of(policy) : null;
        tally = new SimulationTally(plan);
        ImmutableArray<string> kinds = candidate.Policy.PoolKinds;
        pools = new PooledPast([.. kinds.Union(baseline?.Policy.PoolKinds ?? []).Order(StringComparer.Ordinal)]);
        IsPooled = !candidate.Policy.PoolKinds.IsEmpty || baseline is { Policy.PoolKinds.IsEmpty: false };
    }

    public SimulationProgress Progress { get; } = new();

    private bool IsPooled { get; }

    /// <param name="people">In the order of their <see cref="PastPerson.Share"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StoreException">The store fails, or holds what only a newer version reads.</exception>
    public async Task<SimulationReport> RunAsync(
        IAsyncEnumerable<PastPerson> people, CancellationToken cancellation)
    {
        await foreach (PastPerson person in people.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (!IsPooled && person.Share >= plan.Sample)
            {
                break;   // the sample is the first people in the order of their keys, who are no others than the rest
            }

            Take(person);
            Progress.Reach(IsPooled ? person.Share : person.Share / plan.Sample);
            await pace.RestAsync(cancellation).ConfigureAwait(false);
        }

        foreach (ImmutableArray<Past> group in pools.Groups())
        {
            foreach (Past[] together in group.Chunk(PooledPast.GroupMax))
            {
                tally.PeopleApart += together.Length < group.Length ? together.Length : 0;
                Judge(together);
                await pace.RestAsync(cancellation).ConfigureAwait(false);
            }
        }

        Progress.Reach(1);
        return tally.ToReport(baselineName, SimulationLimits.Of(plan, candidate, baseline, tally));
    }

    private void Take(PastPerson person)
    {
        Past past;
        try
        {
            past = person.Read();
        }
        catch (StoreException damage) when (damage.Failure is StoreFailure.Damaged)
        {
            tally.PeopleUnreadable++;
            return;
        }

        string? pool = IsPooled ? pools.PoolOf(past.Person) : null;
        double place = pool is null ? person.Share : KeySpace.ShareBefore(pool);
        if (place >= plan.Sample)
        {
            return;
        }

        tally.People++;
        if (pool is not null && pools.TryAdd(past))
        {
            Progress.Add(1, 0, 0);
            return;
        }

        tally.PeopleApart += pool is null ? 0 : 1;
        Progress.Add(1, 0, 0);
        Judge([past]);
    }

    private void Judge(Past[] group)
    {
        List<JudgedContact> judged = Replay.Of(candidate.Policy, group);
        List<JudgedContact>? compared = baseline is { } known ? Replay.Of(known.Policy, group) : null;
        (int contacts, int refused) = tally.Add(group.Length, judged, compared);
        Progress.Add(0, contacts, refused);
    }
}
