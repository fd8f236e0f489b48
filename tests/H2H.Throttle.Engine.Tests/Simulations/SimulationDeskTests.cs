using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Simulations;
using static H2H.Throttle.Engine.Tests.Simulations.Pasts;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Simulations;

public sealed class SimulationDeskTests
{
    private const string Once = """
        policy: candidate
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: once, cap: 1, in: rolling 24h }
        """;

    [Theory]
    [InlineData(0.0, "sample_percent")]
    [InlineData(100.1, "sample_percent")]
    [InlineData(double.NaN, "sample_percent")]
    public async Task A_sample_of_nobody_or_of_more_than_all_is_refused(double percent, string field)
    {
        await using TrialEngine trial = await StartAsync();

        RequestException refused = Assert.Throws<RequestException>(
            () => trial.Engine.Simulations.Prepare(Once, null, percent, null, null, Unbounded));

        Assert.Equal((ProblemReason.SampleOutOfRange, field), (refused.Problems[0].Reason, refused.Problems[0].Field));
    }

    [Fact]
    public async Task One_simulation_runs_at_a_time_and_it_ends_when_it_is_cancelled()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync();
        TaskCompletionSource isAsked = new();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        SimulationPace resting = new(TimeProvider.System, () =>
        {
            isAsked.TrySetResult();
            return 1e-9;
        });
        SimulationDesk desk = trial.Engine.Simulations;
        for (int i = 0; i < 200; i++)
        {
            await trial.ReserveAsync(Draft(person: $"person {i}"));
        }

        Task<SimulationReport> first = Task.Run(
            () => desk.RunAsync(desk.Prepare(Once, null, 100, null, null, resting), ending.Token), Cancellation);
        await isAsked.Task.WaitAsync(Cancellation);
        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => desk.RunAsync(desk.Prepare(Once, null, 100, null, null, Unbounded), Cancellation));
        await ending.CancelAsync();

        Assert.Equal(ProblemReason.SimulationRunning, refused.Problems[0].Reason);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(201, (await SimulateAsync(trial, Once)).People);
    }
}
