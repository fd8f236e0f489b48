using System.Runtime.CompilerServices;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests.Simulations;

/// <summary>Simulates in tests.</summary>
internal static class Pasts
{
    public static Policy Policy(string document) =>
        Assert.IsType<PolicyReading.Valid>(PolicyParser.Read(document)).Policy;

    /// <summary>People by name, in the order of their keys.</summary>
    public static async IAsyncEnumerable<PastPerson> People(
        IEnumerable<(string Name, Past Past)> people, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        foreach ((string key, Past past) in people
            .Select(static one => (KeySpace.KeyOf(one.Name), one.Past))
            .OrderBy(static one => one.Item1, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new PastPerson(key, KeySpace.ShareBefore(key), () => past);
        }
    }

    public static Task<SimulationReport> SimulateAsync(SimulationPlan plan, params (string Name, Past Past)[] people) =>
        new PolicySimulation(plan, "a test", Unbounded)
            .RunAsync(People(people), TestContext.Current.CancellationToken);

    /// <summary>A document, over all that a trial holds, against what is in force there.</summary>
    public static Task<SimulationReport> SimulateAsync(TrialEngine trial, string document, double percent = 100) =>
        trial.Engine.Simulations.RunAsync(
            trial.Engine.Simulations.Prepare(document, null, percent, null, null, Unbounded), TrialEngine.Cancellation);

    public static SimulationPace Unbounded { get; } =
        SimulationPace.Unbounded(new ManualClock(TrialEngine.Start));
}
