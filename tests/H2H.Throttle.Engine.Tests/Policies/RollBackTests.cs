using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Policies;

public sealed class RollBackTests
{
    private const string Blocked = """
        { policy: trial, channels: [email, sms, phone], purposes: { marketing: {} },
          rules: [ { name: three, cap: blocked, in: lifetime } ] }
        """;

    private static readonly string Two = ThreeAndNoMore.Replace("cap: 3", "cap: 2", StringComparison.Ordinal);

    [Fact]
    public async Task An_old_version_decides_again_as_a_new_one_that_names_it()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Policies.PublishAsync(null, Blocked, "enough", null, Cancellation);

        PolicyVersion back = await trial.Engine.Policies.RollBackAsync(null, null, null, 2, Cancellation);

        Assert.Equal((3, 1, ThreeAndNoMore), (back.Number, back.Restores, back.Document));
        Assert.Equal("Back to version 1.", back.Comment);
        Assert.True(await trial.AllowsAsync());
        await trial.RestartAsync();
        Assert.Equal(1, trial.Engine.Policies.Current.Version.Restores);
        Assert.Null(trial.Engine.Policies.Get(2).Restores);
    }

    [Fact]
    public async Task Going_back_again_goes_further_back_and_at_the_first_there_is_nothing_before()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Policies.PublishAsync(null, Two, null, null, Cancellation);
        await trial.Engine.Policies.PublishAsync(null, Blocked, null, null, Cancellation);

        PolicyVersion second = await trial.Engine.Policies.RollBackAsync(null, null, null, null, Cancellation);
        PolicyVersion first = await trial.Engine.Policies.RollBackAsync(null, null, null, null, Cancellation);
        RequestException none = await RefusedAsync(
            trial.Engine.Policies.RollBackAsync(null, null, null, null, Cancellation));

        Assert.Equal((4, 2, Two), (second.Number, second.Restores, second.Document));
        Assert.Equal((5, 1, ThreeAndNoMore), (first.Number, first.Restores, first.Document));
        Assert.Equal(ProblemReason.PolicyVersionFirst, none.Problems[0].Reason);
    }

    [Fact]
    public async Task A_version_that_is_in_force_or_never_was_and_a_stale_base_are_refused_and_change_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Policies.PublishAsync(null, Blocked, null, null, Cancellation);
        PolicyShelf shelf = trial.Engine.Policies;

        RequestException same = await RefusedAsync(shelf.RollBackAsync(null, 2, null, null, Cancellation));
        RequestException unknown = await RefusedAsync(shelf.RollBackAsync(null, 3, null, null, Cancellation));
        RequestException stale = await RefusedAsync(shelf.RollBackAsync(null, 1, null, 1, Cancellation));

        Assert.Equal(
            (ProblemReason.PolicyVersionInForce, "version"), (same.Problems[0].Reason, same.Problems[0].Field));
        Assert.Equal(ProblemReason.PolicyVersionUnknown, unknown.Problems[0].Reason);
        Assert.Equal(ProblemReason.PolicyVersionConflict, stale.Problems[0].Reason);
        Assert.Equal(2, shelf.Current.Number);
    }

    [Fact]
    public async Task Asked_twice_it_goes_back_once()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Policies.PublishAsync(null, Two, null, null, Cancellation);
        await trial.Engine.Policies.PublishAsync(null, Blocked, null, null, Cancellation);

        PolicyVersion once = await trial.Engine.Policies.RollBackAsync("back", null, "why", null, Cancellation);
        PolicyVersion twice = await trial.Engine.Policies.RollBackAsync("back", null, "why", null, Cancellation);
        RequestException reused = await RefusedAsync(
            trial.Engine.Policies.RollBackAsync("back", 1, "why", null, Cancellation));

        Assert.Equal((4, 4, "why"), (once.Number, twice.Number, twice.Comment));
        Assert.Equal(ProblemReason.RequestIdReused, reused.Problems[0].Reason);
    }
}
