using System.Diagnostics;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Tries policies on what the store holds, one at a time, in what time is left.</summary>
/// <remarks>Safe from any thread. Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class SimulationDesk
{
    private readonly StoredPast past;
    private readonly PolicyShelf policies;
    private readonly Readiness readiness;
    private readonly SemaphoreSlim running = new(1, 1);

    internal SimulationDesk(IRecordStore records, PolicyShelf policies, Readiness readiness) =>
        (past, this.policies, this.readiness) = (new StoredPast(records), policies, readiness);

    /// <summary>Checks what is asked for and holds it against the policy in force.</summary>
    /// <param name="document">The candidate; null: <paramref name="version"/> is.</param>
    /// <param name="version">A version that was published; null: the candidate is a document.</param>
    /// <param name="samplePercent">Above 0 to 100.</param>
    /// <param name="from">Contacts before are past alone; null: all are told of.</param>
    /// <param name="until">Contacts from then on are not told of; null: all are.</param>
    /// <param name="pace">How much of the processor it may take.</param>
    public PolicySimulation Prepare(
        string? document, long? version, double samplePercent, Instant? from, Instant? until, SimulationPace pace)
    {
        Problems problems = new();
        problems.Require(
            samplePercent is > 0 and <= 100,
            ProblemReason.SampleOutOfRange,
            "sample_percent",
            "sample_percent must be above 0 and at most 100; leave it out to look at everybody.");
        problems.Require(
            !(until <= from), ProblemReason.TimeOutOfRange, "until", "until is not after from.");
        problems.Require(
            version is not null || !string.IsNullOrWhiteSpace(document),
            ProblemReason.FieldMissing,
            "document",
            "Give the document of the policy to try, or a version that was published.");
        problems.ThrowIfAny();

        PolicyInForce current = policies.Current;
        Policy candidate = PolicyOf(version is { } number ? policies.Get(number).Document : document!);
        SimulationPlan plan = new(candidate)
        {
            Baseline = current.Policy, From = from, Until = until, Sample = samplePercent / 100,
        };
        return new PolicySimulation(
            plan, $"policy {current.Policy.Name}, version {current.Number}, which is in force", pace);
    }

    /// <summary>Runs one that was prepared; others are refused meanwhile.</summary>
    public async Task<SimulationReport> RunAsync(PolicySimulation simulation, CancellationToken cancellation)
    {
        readiness.Require();
        if (!await running.WaitAsync(0, cancellation).ConfigureAwait(false))
        {
            throw new RequestException(
                ProblemReason.SimulationRunning,
                "",
                "This server runs another simulation. Wait for its end, or take a backup and simulate on that.");
        }

        try
        {
            return await simulation.RunAsync(PastPeople.ReadAsync(past, cancellation), cancellation)
                .ConfigureAwait(false);
        }
        finally
        {
            running.Release();
        }
    }

    private static Policy PolicyOf(string document) => PolicyParser.Read(document) switch
    {
        PolicyReading.Valid valid => valid.Policy,
        PolicyReading.Invalid invalid => throw invalid.ToRefusal(),
        _ => throw new UnreachableException(),
    };
}
