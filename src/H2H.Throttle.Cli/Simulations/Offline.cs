using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Policies;
using H2H.Throttle.Cli.Stores;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Simulations;
using NodaTime;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>Simulates without a server, as fast as this machine can.</summary>
/// <param name="plan">What to simulate; what it is held against is found here.</param>
/// <param name="against">A policy document to hold it against; null: the policy in force where there is one.</param>
internal sealed class Offline(SimulationPlan plan, string? against)
{
    /// <exception cref="UnusableException">The store or a file makes no sense.</exception>
    /// <exception cref="StoreException">The store fails.</exception>
    public async Task<SimulationReport> OverStoreAsync(string location, CancellationToken cancellation)
    {
        await using OpenedStore store = await StoreLocation.OpenAsync(location, isSource: true);
        return await OverAsync(new StoredPast(store.Ports.Records), cancellation);
    }

    /// <exception cref="UnusableException">The backup or a file makes no sense.</exception>
    public async Task<SimulationReport> OverBackupAsync(string path, CancellationToken cancellation)
    {
        try
        {
            BackupFile backup = await BackupFile.OpenAsync(path, cancellation);
            Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
            return await OverAsync(new ArchivedPast(backup, now), cancellation);
        }
        catch (TransferException error)
        {
            throw new UnusableException(error.Message, error);
        }
    }

    public async Task<SimulationReport> OverHistoryAsync(PastFile past, CancellationToken cancellation)
    {
        (Policy? baseline, string name) = await BaselineAsync(null, cancellation);
        return await RunAsync(baseline, name, past.ReadAsync(), cancellation);
    }

    private async Task<SimulationReport> OverAsync(IPastSource source, CancellationToken cancellation)
    {
        PolicyVersion? inForce = against is null ? await PastPeople.PolicyAsync(source, cancellation) : null;
        (Policy? baseline, string name) = await BaselineAsync(inForce, cancellation);
        return await RunAsync(baseline, name, PastPeople.ReadAsync(source, cancellation), cancellation);
    }

    private async Task<SimulationReport> RunAsync(
        Policy? baseline, string name, IAsyncEnumerable<PastPerson> people, CancellationToken cancellation)
    {
        PolicySimulation simulation = new(
            plan with { Baseline = baseline }, name, SimulationPace.Unbounded(TimeProvider.System));
        SimulationProgress progress = simulation.Progress;
        return await SimulationProgressBar.WatchAsync(
            Task.Run(() => simulation.RunAsync(people, cancellation), cancellation),
            () => (progress.People, progress.Contacts, progress.Refused, progress.Share));
    }

    private async Task<(Policy? Policy, string Name)> BaselineAsync(
        PolicyVersion? inForce, CancellationToken cancellation)
    {
        if (against is not null)
        {
            Policy policy = Candidate.Read(against, await DocumentFile.ReadAsync(against, cancellation));
            return (policy, $"policy {policy.Name}, {against}");
        }

        return inForce is null
            ? (null, "what happened")
            : (Candidate.Read("the policy in force", inForce.Document),
                $"policy {inForce.Name}, version {inForce.Number}, which is in force");
    }
}
