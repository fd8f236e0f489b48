using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Shadows;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Shadows;

public sealed class ShadowDeskTests
{
    private const string Head = """
        policy: shade
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false }, confirmation: {} }
        rules:

        """;

    private const string Once = Head + "  - { name: once, cap: 1, in: rolling 24h }";

    private const string Nine = Head + "  - { name: nine, cap: 9, in: rolling 24h }";

    private const string Observing = Head + """
          - { name: three, cap: 3, in: rolling 24h }
          - { name: one, cap: 1, in: rolling 24h, effect: observe }
        """;

    [Fact]
    public async Task Rules_that_observe_count_what_they_would_have_refused_and_refuse_nothing()
    {
        await using TrialEngine trial = await StartAsync(Observing);
        for (int i = 0; i < 4; i++)
        {
            await trial.ReserveAsync();
        }

        ShadowCounts counts = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).Observing;

        Assert.Equal((4, 2, 0), (counts.Asked, counts.WouldRefuse, counts.WouldAllow));
        Assert.Equal([new ShadowRule("one", 3, 3)], counts.Rules);
        Assert.Equal(Start, counts.Since);
    }

    [Fact]
    public async Task A_whole_policy_is_asked_beside_the_one_in_force_and_changes_no_answer()
    {
        await using TrialEngine trial = await StartAsync();
        ShadowPolicy set = await trial.Engine.Shadows.SetAsync(Once, "try it", null, Cancellation);

        Assert.NotNull((await trial.ReserveAsync()).Reservation);
        Assert.NotNull((await trial.ReserveAsync()).Reservation);

        ShadowView view = await trial.Engine.Shadows.ShowAsync(null, Cancellation);
        Assert.Equal((1, "shade", "try it"), (set.Number, set.Policy.Name, view.Policy!.Comment));
        Assert.Equal((2, 1, 0), (view.OfPolicy.Asked, view.OfPolicy.WouldRefuse, view.OfPolicy.WouldAllow));
        Assert.Equal([new ShadowRule("once", 1, 1)], view.OfPolicy.Rules);
        Assert.Equal(0, view.Observing.Asked);
    }

    [Fact]
    public async Task What_a_looser_policy_would_allow_is_counted_too()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Nine, null, null, Cancellation);
        for (int i = 0; i < 4; i++)
        {
            await trial.ReserveAsync();
        }

        ShadowCounts counts = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;

        Assert.Equal((4, 0, 1), (counts.Asked, counts.WouldRefuse, counts.WouldAllow));
        Assert.Empty(counts.Rules);
    }

    [Fact]
    public async Task Checks_and_repeated_requests_are_not_counted()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Once, null, null, Cancellation);
        await trial.ReserveAsync(requestId: "one");
        await trial.ReserveAsync(requestId: "one");
        await trial.AllowsAsync();

        Assert.Equal(1, (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy.Asked);
    }

    [Fact]
    public async Task What_many_are_reserved_at_once_is_counted_one_by_one()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Once, null, null, Cancellation);

        await trial.Engine.Batches.ReserveAsync(
            [new(Draft()), new(Draft()) { RequestId = "two" }, new(Draft(person: "bob"))], Cancellation);
        await trial.Engine.Batches.ReserveAsync([new(Draft()) { RequestId = "two" }], Cancellation);

        ShadowCounts counts = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;
        Assert.Equal((3, 1), (counts.Asked, counts.WouldRefuse));
    }

    [Fact]
    public async Task Counts_of_all_servers_are_one_and_outlive_them()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Once, null, null, Cancellation);
        ThrottleEngine second = await trial.SecondAsync();
        await trial.ReserveAsync();
        await second.Throttler.ReserveAsync(null, Draft(), null, null, null, Cancellation);
        await second.Shadows.FlushAsync(Cancellation);

        ShadowCounts both = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;
        await trial.RestartAsync();
        ShadowCounts after = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;
        await trial.ReserveAsync();
        ShadowCounts more = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;

        Assert.Equal((2, 1), (both.Asked, both.WouldRefuse));
        Assert.Equal((2, 1), (after.Asked, after.WouldRefuse));
        Assert.Equal((3, 2), (more.Asked, more.WouldRefuse));
    }

    [Fact]
    public async Task Sections_of_silent_servers_are_added_up_and_nothing_is_counted_twice_when_one_wakes()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Nine, null, null, Cancellation);
        ThrottleEngine second = await trial.SecondAsync();
        await trial.ReserveAsync();
        await trial.Engine.Shadows.FlushAsync(Cancellation);
        trial.Clock.Advance(Duration.FromDays(2));
        await second.Throttler.ReserveAsync(null, Draft(), null, null, null, Cancellation);
        await second.Shadows.FlushAsync(Cancellation);
        await trial.ReserveAsync();

        ShadowCounts counts = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;

        Assert.Equal((3, 0), (counts.Asked, counts.WouldRefuse));
    }

    [Fact]
    public void However_many_servers_counted_a_record_stays_small_and_forgets_nothing()
    {
        ShadowCounts one = new(Start, 3, 2, 1, [new ShadowRule("once", 2, 1)]);
        ShadowCountsRecord record = new();
        for (int server = 0; server < 200; server++)
        {
            record = record.With($"server {server}", one, Start + Duration.FromSeconds(server));
        }

        ShadowCounts total = record.Total;

        Assert.Equal(ShadowCountsRecord.SectionsMax + 1, record.Sections.Count);
        Assert.True(record.Sections.ContainsKey("server 199"));
        Assert.Equal((600, 400, 200), (total.Asked, total.WouldRefuse, total.WouldAllow));
        Assert.Equal([new ShadowRule("once", 400, 200)], total.Rules);
    }

    [Fact]
    public async Task A_save_that_fails_loses_no_count()
    {
        await using TrialEngine trial = await StartAsync();
        FailingRecords records = new(trial.Records);
        ThrottleEngine engine = await trial.SecondAsync(records: records);
        await engine.Shadows.SetAsync(Once, null, null, Cancellation);
        await engine.Throttler.ReserveAsync(null, Draft(), null, null, null, Cancellation);
        records.Fails = true;
        await Assert.ThrowsAsync<StoreException>(() => engine.Shadows.FlushAsync(Cancellation).AsTask());
        records.Fails = false;

        Assert.Equal(1, (await engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy.Asked);
    }

    [Fact]
    public async Task The_same_document_again_keeps_its_counts_and_another_starts_anew()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Once, null, null, Cancellation);
        await trial.ReserveAsync();

        ShadowPolicy same = await trial.Engine.Shadows.SetAsync(Once, null, null, Cancellation);
        ShadowCounts kept = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;
        ShadowPolicy other = await trial.Engine.Shadows.SetAsync(Observing, null, null, Cancellation);
        ShadowCounts anew = (await trial.Engine.Shadows.ShowAsync(null, Cancellation)).OfPolicy;

        Assert.Equal((1, 1, 2, 0), (same.Number, kept.Asked, other.Number, anew.Asked));
    }

    [Fact]
    public async Task After_the_end_nothing_is_asked_and_ending_again_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Shadows.SetAsync(Once, null, null, Cancellation);
        await trial.Engine.Shadows.EndAsync(null, Cancellation);
        await trial.Engine.Shadows.EndAsync(null, Cancellation);
        await trial.ReserveAsync();
        await trial.RestartAsync();

        ShadowView view = await trial.Engine.Shadows.ShowAsync(null, Cancellation);

        Assert.Null(view.Policy);
        Assert.Equal(
            ["policy_published", "shadow_set", "shadow_ended"],
            (await trial.FactsAsync()).Where(static fact => fact.Contains('_', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_document_with_mistakes_is_refused_and_a_damaged_record_keeps_nothing_from_being_decided()
    {
        await using TrialEngine trial = await StartAsync();

        ShadowDesk desk = trial.Engine.Shadows;
        RequestException refused = await RefusedAsync(desk.SetAsync("rules: [", null, null, Cancellation));
        RequestException missing = await RefusedAsync(desk.SetAsync(" ", null, null, Cancellation));
        await trial.Records.TrySaveAsync(
            new RecordKey("shadow", "policy"), RecordVersion.Absent, "no JSON"u8.ToArray(), null, Cancellation);
        await trial.RestartAsync();

        Assert.Equal(ProblemReason.PolicyInvalid, refused.Problems[0].Reason);
        Assert.Equal(ProblemReason.FieldMissing, missing.Problems[0].Reason);
        Assert.True(await trial.AllowsAsync());
    }
}
