using System.Security.Cryptography;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Tests.People;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests;

/// <summary>Servers that share stores which they may not reach.</summary>
public sealed class ThrottleEngineTests
{
    private static readonly RecordKey KeyRecord = new("identity", "key");

    [Fact]
    public async Task Until_the_store_was_reached_nothing_is_decided_and_then_everything_is()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore far = new(trial.Records, trial.Journal) { IsDown = true };
        ThrottleEngine server = trial.Unready(far, far);

        await FailsAsync(StoreFailure.Unavailable, server.RefreshAsync(Cancellation));
        far.IsDown = false;
        await FailsAsync(StoreFailure.Unavailable, CheckAsync(server));
        await FailsAsync(StoreFailure.Unavailable, server.People.GetAsync("ada", Cancellation).AsTask());
        await FailsAsync(StoreFailure.Unavailable, server.Policies.PublishAsync(
            null, ThreeAndNoMore, null, null, Cancellation).AsTask());
        Assert.Throws<StoreException>(() => server.Policies.Get(null));
        Assert.False(server.IsReady);
        await server.RefreshAsync(Cancellation);

        Assert.True(server.IsReady);
        await CheckAsync(server);
    }

    [Fact]
    public async Task A_look_that_fails_later_changes_nothing_and_costs_nobody_a_decision()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine server = await trial.SecondAsync(far, far);
        far.IsDown = true;
        await FailsAsync(StoreFailure.Unavailable, server.RefreshAsync(Cancellation));

        far.IsDown = false;

        await CheckAsync(server);
        far.Take();
        await server.RefreshAsync(Cancellation);
        Assert.Equal("llll", far.Take());
    }

    [Fact]
    public async Task What_one_server_goes_back_to_or_sets_as_a_shadow_another_knows_once_it_has_looked()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine other = await trial.SecondAsync(far, far);
        await trial.Engine.Policies.PublishAsync(null, $"{ThreeAndNoMore}\n", null, null, Cancellation);
        await trial.Engine.Policies.RollBackAsync(null, null, null, 2, Cancellation);
        await trial.Engine.Shadows.SetAsync(ThreeAndNoMore, "look", null, Cancellation);
        await other.RefreshAsync(Cancellation);

        Assert.Equal(1, other.Policies.Current.Version.Restores);
        Assert.Equal("look", (await other.Shadows.ShowAsync(null, Cancellation)).Policy!.Comment);
        await trial.Engine.Shadows.EndAsync(null, Cancellation);
        await other.RefreshAsync(Cancellation);
        Assert.Null((await other.Shadows.ShowAsync(null, Cancellation)).Policy);
    }

    [Fact]
    public async Task What_one_server_publishes_another_decides_by_once_it_has_looked()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine other = await trial.SecondAsync(far, far);
        for (int version = 2; version <= 40; version++)
        {
            await trial.Engine.Policies.PublishAsync(null, ThreeAndNoMore, $"{version}", null, Cancellation);
        }

        Assert.Equal(1, other.Policies.Current.Number);
        await other.RefreshAsync(Cancellation);

        Assert.Equal(40, other.Policies.Current.Number);
        Assert.Equal("17", other.Policies.Get(17).Comment);
        Assert.Equal(40, (await trial.FactsAsync()).Count);
    }

    [Fact]
    public async Task Whoever_publishes_is_measured_by_what_is_in_force_and_not_by_what_this_server_has_seen()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine other = await trial.SecondAsync(far, far);
        await trial.Engine.Policies.PublishAsync("p", ThreeAndNoMore, "two", 1, Cancellation);

        RequestException stale = await RefusedAsync(
            other.Policies.PublishAsync(null, ThreeAndNoMore, "stale", 1, Cancellation));
        PolicyVersion repeated = await other.Policies.PublishAsync("p", ThreeAndNoMore, "two", 1, Cancellation);
        PolicyVersion next = await other.Policies.PublishAsync(null, ThreeAndNoMore, "three", 2, Cancellation);

        Assert.Equal(ProblemReason.PolicyVersionConflict, stale.Problems[0].Reason);
        Assert.Equal((2, 3), (repeated.Number, next.Number));
    }

    [Fact]
    public async Task A_version_that_cannot_be_read_ends_decisions_until_one_is_published_that_can()
    {
        await using TrialEngine trial = await StartAsync();
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine server = await trial.SecondAsync(far, far);
        PolicyVersionRecord newer = PolicyVersionRecord.Of(ThreeAndNoMore, 2, "", Start, null, null);
        newer = newer with { Document = "policy: trial\nfrom_the_future: true\n" };
        await SaveAsync(trial, PolicyVersionRecord.KeyOf(2), newer.Write());

        await FailsAsync(StoreFailure.Newer, server.RefreshAsync(Cancellation));
        await FailsAsync(StoreFailure.Newer, CheckAsync(server));
        Assert.False(server.IsReady);

        await SaveAsync(
            trial,
            PolicyVersionRecord.KeyOf(3),
            PolicyVersionRecord.Of(ThreeAndNoMore, 3, "", Start, null, null).Write());
        await server.RefreshAsync(Cancellation);
        await CheckAsync(server);
        Assert.Equal(3, server.Policies.Current.Number);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 2)]
    public async Task A_version_that_is_missing_from_the_store_is_found_out(long missing, long last)
    {
        await using TrialEngine trial = await StartAsync();
        using TemporaryStore empty = new();
        for (long version = 1; version <= last; version++)
        {
            if (version != missing)
            {
                await empty.Records.TrySaveAsync(
                    PolicyVersionRecord.KeyOf(version),
                    RecordVersion.Absent,
                    PolicyVersionRecord.Of(ThreeAndNoMore, version, "", Start, null, null).Write(),
                    null,
                    Cancellation);
            }
        }

        StoreException damaged = await FailsAsync(
            StoreFailure.Damaged, trial.Unready(empty.Journal, empty.Records).RefreshAsync(Cancellation));

        Assert.Contains($"Version {missing} ", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_another_identity_key_decides_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        byte[] other = RandomNumberGenerator.GetBytes(IdentityHasher.KeyBytes);
        ThrottleEngine server = trial.Unready(trial.Journal, trial.Records, new IdentityHasher(other));

        StoreException refused = await FailsAsync(StoreFailure.OtherKey, server.RefreshAsync(Cancellation));
        await FailsAsync(StoreFailure.OtherKey, CheckAsync(server));

        Assert.Contains("Server:IdentityKeyPath", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_forgot_everything_under_a_running_server_is_found_out()
    {
        await using TrialEngine trial = await StartAsync();
        using TemporaryStore empty = new();
        CountedStore far = new(trial.Records, trial.Journal);
        ThrottleEngine server = await trial.SecondAsync(far, far);

        far.Records = empty.Records;
        await FailsAsync(StoreFailure.Damaged, server.RefreshAsync(Cancellation));
        await FailsAsync(StoreFailure.Damaged, CheckAsync(server));
        far.Records = trial.Records;
        await server.RefreshAsync(Cancellation);

        await CheckAsync(server);
        Assert.False((await empty.Records.LoadAsync(KeyRecord, Cancellation)).Exists);
    }

    private static Task<CheckResult> CheckAsync(ThrottleEngine server) =>
        server.Throttler.CheckAsync(Draft(), null, null, Cancellation).AsTask();

    private static async Task<StoreException> FailsAsync(StoreFailure failure, Task call)
    {
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => call);
        Assert.Equal(failure, error.Failure);
        return error;
    }

    private static async Task SaveAsync(TrialEngine trial, RecordKey key, byte[] value) =>
        await trial.Records.TrySaveAsync(key, RecordVersion.Absent, value, null, Cancellation);
}
