using H2H.Throttle.Adversity.Defects;
using H2H.Throttle.Adversity.Simulation;

namespace H2H.Throttle.Adversity.Tests.Simulation;

/// <summary>Short lives of four servers on bad lines, each made by a seed and judged by the model.</summary>
public sealed class SimulatedHistoryTests
{
    private const int SeedsToCatchADefect = 200;

    public static TheoryData<string> Defects => [.. Defect.All.Select(static defect => defect.Name)];

    [Fact]
    public async Task A_seed_gives_the_same_history_every_time()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            SimulatedHistory once = await SimulatedHistory.MakeAsync(seed);
            SimulatedHistory again = await SimulatedHistory.MakeAsync(seed);

            Assert.Equal(
                once.History.Calls.Select(static call => call.ToString()),
                again.History.Calls.Select(static call => call.ToString()));
        }
    }

    [Fact]
    public async Task Histories_hold_what_makes_them_hard()
    {
        SimulatedHistory[] histories = await Task.WhenAll(
            Enumerable.Range(1, 50).Select(static seed => SimulatedHistory.MakeAsync(seed)));

        Assert.True(histories.Sum(static history => history.Faults) > 50);
        Assert.True(histories.Sum(static history => history.Kills) > 50);
        Assert.True(histories.Sum(static history => history.Jumps) > 50);
        string[] answers =
        [
            .. histories.SelectMany(static history => history.History.Calls)
                .Select(static call => call.Answer?.Words ?? "none"),
        ];
        string[] wanted =
        [
            "none", "allow", "deny [hour]", "deny [mails]", "deny [opt-out]", "made over []", "made late over []",
            "made revoked over [opt-out]", "released", "recorded over []", "recorded over [hour]", "no, 1 revoked",
            "refused ReservationAlreadyConfirmed", "refused ReservationAlreadyReleased", "refused RequestIdReused",
        ];
        Assert.Empty(wanted.Except(answers));
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_server_with_a_mistake_is_caught(string name)
    {
        Defect defect = Defect.All.Single(one => one.Name == name);
        int caught = 0;
        for (int seed = 1; seed <= SeedsToCatchADefect && caught == 0; seed++)
        {
            SimulatedHistory history = await SimulatedHistory.MakeAsync(seed, defect);
            caught += history.History.Flaws().Length;
        }

        Assert.True(caught > 0, $"No history of {SeedsToCatchADefect} showed that a server {name}.");
    }
}
