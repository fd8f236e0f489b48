using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Policies;

public sealed class PolicyShelfTests
{
    private const string Blocked = """
        { policy: trial, channels: [email, sms, phone], purposes: { marketing: {} },
          rules: [ { name: three, cap: blocked, in: lifetime } ] }
        """;

    [Fact]
    public async Task A_published_policy_decides_the_next_call_and_every_version_is_kept()
    {
        await using TrialEngine trial = await StartAsync();
        Assert.True(await trial.AllowsAsync());

        PolicyVersion published = await trial.Engine.Policies.PublishAsync(null, Blocked, "enough", null, Cancellation);

        Assert.False(await trial.AllowsAsync());
        await trial.RestartAsync();
        Assert.False(await trial.AllowsAsync());
        Assert.Equal((2, "enough", Blocked), (published.Number, published.Comment, published.Document));
        Assert.Equal(ThreeAndNoMore, trial.Engine.Policies.Get(1).Document);
        Assert.Equal([2L, 1L], trial.Engine.Policies.List(10, null).Versions.Select(static version => version.Number));
        Assert.Equal(["policy_published", "policy_published"], await trial.FactsAsync());
    }

    [Fact]
    public async Task Where_the_file_is_the_truth_a_start_publishes_it_again_and_only_if_it_differs()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Policies.PublishAsync(null, Blocked, "enough", null, Cancellation);
        trial.Options.FirstPolicyWins = true;

        await trial.RestartAsync();
        PolicyVersion after = trial.Engine.Policies.Current.Version;
        await trial.RestartAsync();

        Assert.Equal((3, ThreeAndNoMore), (after.Number, after.Document));
        Assert.Equal(3, trial.Engine.Policies.Current.Number);
        Assert.True(await trial.AllowsAsync());
    }

    [Fact]
    public async Task A_document_with_mistakes_names_them_all_and_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();

        RequestException refused = await RefusedAsync(trial.Engine.Policies.PublishAsync(
            null, "policy: x\nchannels: [email]\nrules:\n  - { name: a, cap: 0, in: rolling 24 }\n", null, null,
                Cancellation));

        Assert.True(refused.Problems.Length >= 2);
        Assert.All(refused.Problems, static problem => Assert.Equal(ProblemReason.PolicyInvalid, problem.Reason));
        Assert.Contains(refused.Problems, static problem =>
            problem.Field.StartsWith("document:4:", StringComparison.Ordinal));
        Assert.Equal(1, trial.Engine.Policies.Current.Number);
    }

    [Fact]
    public async Task Of_those_who_edit_the_same_version_one_publishes()
    {
        await using TrialEngine trial = await StartAsync();
        ThrottleEngine second = await trial.SecondAsync();

        List<Task<bool>> publishers = [.. Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            PolicyShelf shelf = (i % 2 == 0 ? trial.Engine : second).Policies;
            try
            {
                await shelf.PublishAsync(null, Blocked, $"{i}", 1, Cancellation);
                return true;
            }
            catch (RequestException conflict) when (conflict.Problems[0].Reason == ProblemReason.PolicyVersionConflict)
            {
                return false;
            }
        }))];

        Assert.Equal(1, (await Task.WhenAll(publishers)).Count(static published => published));
    }

    [Fact]
    public async Task Those_who_expect_no_version_all_publish_in_some_order()
    {
        await using TrialEngine trial = await StartAsync();

        PolicyVersion[] versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            trial.Engine.Policies.PublishAsync($"request {i}", Blocked, $"{i}", null, Cancellation).AsTask()));

        Assert.Equal(Enumerable.Range(2, 20).Select(static i => (long)i),
            versions.Select(static v => v.Number).Order());
    }

    [Fact]
    public async Task A_publication_can_be_repeated_even_after_later_ones()
    {
        await using TrialEngine trial = await StartAsync();
        PolicyVersion first = await trial.Engine.Policies.PublishAsync("p", Blocked, null, null, Cancellation);
        await trial.Engine.Policies.PublishAsync(null, ThreeAndNoMore, null, null, Cancellation);
        await trial.RestartAsync();

        PolicyVersion again = await trial.Engine.Policies.PublishAsync("p", Blocked, null, null, Cancellation);
        RequestException other = await RefusedAsync(
            trial.Engine.Policies.PublishAsync("p", ThreeAndNoMore, null, null, Cancellation));

        Assert.Equal(first.Number, again.Number);
        Assert.Equal(3, trial.Engine.Policies.Current.Number);
        Assert.Equal(ProblemReason.RequestIdReused, other.Problems[0].Reason);
    }

    [Fact]
    public async Task Adjusting_a_cap_changes_that_number_alone_and_says_what_it_was()
    {
        await using TrialEngine trial = await StartAsync();

        CapAdjusted adjusted = await trial.Engine.Policies.AdjustCapAsync(
            "adjust", "three", new CapLimit(null, 5), null, 1, Cancellation);
        CapAdjusted again = await trial.Engine.Policies.AdjustCapAsync(
            "adjust", "three", new CapLimit(null, 5), null, 1, Cancellation);

        Assert.Equal((2, 3), (adjusted.Version.Number, adjusted.Previous.Contacts));
        Assert.Equal((2, 3), (again.Version.Number, again.Previous.Contacts));
        Assert.Equal(ThreeAndNoMore.Replace("cap: 3", "cap: 5", StringComparison.Ordinal), adjusted.Version.Document);
        Assert.Equal("Cap of three: 3 → 5.", adjusted.Version.Comment);
    }

    [Fact]
    public async Task What_cannot_be_adjusted_is_refused_with_its_reason()
    {
        await using TrialEngine trial = await StartAsync("""
            policy: trial
            channels: [email]
            purposes: { marketing: {} }
            rules:
              - { name: breath, gap: rolling 1h }
              - { name: tiers, in: lifetime, cap: [ { when: { person.tier: gold }, limit: 4 }, { limit: 2 } ] }
            """);
        PolicyShelf shelf = trial.Engine.Policies;

        RequestException unknown = await RefusedAsync(shelf.AdjustCapAsync(null, "four", new CapLimit(null, 1), null,
            null, Cancellation));
        RequestException gap = await RefusedAsync(shelf.AdjustCapAsync(null, "breath", CapLimit.Blocked, null, null,
            Cancellation));
        RequestException tiers = await RefusedAsync(shelf.AdjustCapAsync(null, "tiers", CapLimit.Unlimited, null,
            null, Cancellation));
        RequestException huge = await RefusedAsync(shelf.AdjustCapAsync(null, "tiers", new CapLimit(null, -1), null,
            null, Cancellation));
        RequestException version = await RefusedAsync(shelf.PublishAsync(null, Blocked, null, 7, Cancellation));

        Assert.Equal(
            [ProblemReason.RuleUnknown, ProblemReason.RuleNotACap, ProblemReason.RuleNotACap,
                ProblemReason.CapOutOfRange, ProblemReason.PolicyVersionConflict],
            new[] { unknown, gap, tiers, huge, version }.Select(static refused => refused.Problems[0].Reason));
        Assert.Equal(1, shelf.Current.Number);
        Assert.Throws<RequestException>(() => shelf.Get(2));
    }

    [Fact]
    public void The_policy_to_start_with_has_no_mistakes() =>
        Assert.IsType<PolicyReading.Valid>(PolicyParser.Read(DefaultPolicy.Document));
}
