using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Tests.Pools;

namespace H2H.Throttle.Engine.Tests.Records;

/// <summary>Two servers that go round in step, so that one of them comes too late every time.</summary>
public sealed class RivalryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_always_comes_too_late_steps_aside_and_is_served(bool isInProcess)
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        WatchedRecords records = new(trial.Records) { IsInProcess = isInProcess };
        ThrottleEngine late = await trial.SecondAsync(records: records);
        int lost = 0;
        records.BeforeSave = async key =>
        {
            bool isInStep = lost == 0 || records.Calls.TakeLast(2).First() == "save person";
            if (key.Kind == "person" && isInStep)
            {
                lost++;
                await trial.ReserveAsync(TrialEngine.Draft(purpose: "service"));   // the other one is quicker
            }
        };

        ReserveResult result = await late.Throttler.ReserveAsync(
            null, TrialEngine.Draft(), null, null, null, TrialEngine.Cancellation);

        Assert.IsType<Decision.Allowed>(result.Verdict.Decision);
        Assert.InRange(lost, 2, 16);
    }

    [Fact]
    public async Task Who_always_comes_too_late_for_a_pool_steps_aside_and_is_served()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        WatchedRecords records = new(trial.Records);
        ThrottleEngine late = await trial.SecondAsync(records: records);
        int lost = 0;
        records.BeforeSave = async key =>
        {
            bool isInStep = lost == 0 || records.Calls.TakeLast(2).First() == "save pool";
            if (key.Kind == "pool" && isInStep)
            {
                lost++;
                await trial.Engine.Pools.JoinAsync(
                    null, $"person {lost}", "household", "elm 12", null, TrialEngine.Cancellation);
            }
        };

        await late.Pools.JoinAsync(null, "ada", "household", "elm 12", null, TrialEngine.Cancellation);

        Assert.InRange(lost, 2, 16);
        Assert.Equal(
            lost + 1, (await late.Pools.GetAsync("household", "elm 12", TrialEngine.Cancellation)).People);
    }
}
