using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Batches;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Tests.People;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Batches;

public sealed class BatchDeskTests : IAsyncDisposable
{
    private const string Household = """
        policy: pools
        zone: UTC
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: two-a-household, cap: 2, in: rolling 24h, pool: household }
        """;

    private TrialEngine trial = null!;

    public async ValueTask DisposeAsync() => await trial.DisposeAsync();

    [Fact]
    public async Task One_load_and_one_save_do_for_all_contacts_of_a_person()
    {
        (ThrottleEngine engine, CountedStore store) = await StartAsync();

        BatchAnswer<ReserveResult>[] answers = await engine.Batches.ReserveAsync(
            [Draft("ada"), Draft("bob"), Draft("ada"), Draft("ada"), Draft("ada")], TrialEngine.Cancellation);

        Assert.Equal(
            [true, true, true, true, false], answers.Select(static one => one.Result!.Reservation is not null));
        Assert.Equal("ss", store.Take());
    }

    [Fact]
    public async Task Checks_of_a_person_need_one_load()
    {
        (ThrottleEngine engine, CountedStore store) = await StartAsync();

        BatchAnswer<CheckResult>[] answers = await engine.Batches.CheckAsync(
            [new(TrialEngine.Draft()), new(TrialEngine.Draft(person: "bob")), new(TrialEngine.Draft())],
            TrialEngine.Cancellation);

        Assert.All(answers, static one => Assert.IsType<Decision.Allowed>(one.Result!.Verdict.Decision));
        Assert.Equal("ll", store.Take());
    }

    [Fact]
    public async Task Whoever_was_changed_elsewhere_is_judged_by_what_is_stored_and_nobody_else_waits_for_it()
    {
        (ThrottleEngine engine, CountedStore store) = await StartAsync();
        for (int i = 0; i < 3; i++)
        {
            await trial.ReserveAsync(TrialEngine.Draft(person: "ada"));
        }

        store.Take();
        BatchAnswer<ReserveResult>[] answers = await engine.Batches.ReserveAsync(
            [Draft("ada", "one"), Draft("bob", "two")], TrialEngine.Cancellation);

        Assert.IsType<Decision.Denied>(answers[0].Result!.Verdict.Decision);
        Assert.IsType<Decision.Allowed>(answers[1].Result!.Verdict.Decision);
        Assert.Equal("css", string.Concat(store.Take().Order()));
    }

    [Fact]
    public async Task A_denial_without_a_request_id_is_not_believed_before_the_store_is_asked()
    {
        (ThrottleEngine engine, CountedStore store) = await StartAsync();
        await engine.Batches.ReserveAsync(
            [Draft("ada"), Draft("ada"), Draft("ada")], TrialEngine.Cancellation);
        store.Take();

        BatchAnswer<ReserveResult>[] answers = await engine.Batches.ReserveAsync(
            [Draft("ada")], TrialEngine.Cancellation);

        Assert.IsType<Decision.Denied>(answers[0].Result!.Verdict.Decision);
        Assert.Equal("l", store.Take());
    }

    [Fact]
    public async Task A_store_that_is_down_fails_items_and_a_mistake_stays_a_mistake()
    {
        (ThrottleEngine engine, CountedStore store) = await StartAsync();
        store.IsDown = true;

        BatchAnswer<ReserveResult>[] reserved = await engine.Batches.ReserveAsync(
            [Draft("ada"), new ReserveDraft(TrialEngine.Draft("fax")), Draft("bob")], TrialEngine.Cancellation);
        BatchAnswer<CheckResult>[] asked = await engine.Batches.CheckAsync(
            [new(TrialEngine.Draft()), new(TrialEngine.Draft("fax"))], TrialEngine.Cancellation);

        Assert.IsType<StoreException>(reserved[0].Failure);
        Assert.IsType<RequestException>(reserved[1].Failure);
        Assert.IsType<StoreException>(reserved[2].Failure);
        Assert.IsType<StoreException>(asked[0].Failure);
        Assert.IsType<RequestException>(asked[1].Failure);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_given_when_the_item_is_repeated()
    {
        (ThrottleEngine engine, CountedStore store) = await StartAsync();
        store.LosesAnswer = true;

        BatchAnswer<ReserveResult> lost = Assert.Single(await engine.Batches.ReserveAsync(
            [Draft("ada", "one")], TrialEngine.Cancellation));
        BatchAnswer<ReserveResult>[] again = await engine.Batches.ReserveAsync(
            [Draft("ada", "one"), Draft("ada", "one")], TrialEngine.Cancellation);

        Assert.IsType<StoreException>(lost.Failure);
        Assert.NotNull(again[0].Result!.Reservation);
        Assert.Equal(again[0].Result!.Reservation!.Id, again[1].Result!.Reservation!.Id);
    }

    [Fact]
    public async Task People_who_share_a_limit_are_counted_together_in_one_batch()
    {
        trial = await TrialEngine.StartAsync(Household);
        foreach (string person in new[] { "ada", "bob", "eve" })
        {
            await trial.Engine.Pools.JoinAsync(null, person, "household", "home", null, TrialEngine.Cancellation);
        }

        BatchAnswer<ReserveResult>[] answers = await trial.Engine.Batches.ReserveAsync(
            [Draft("ada"), Draft("bob"), Draft("eve"), Draft("ada"), Draft("dan"), Draft("dan"), Draft("dan")],
            TrialEngine.Cancellation);
        BatchAnswer<CheckResult> asked = Assert.Single(await trial.Engine.Batches.CheckAsync(
            [new(TrialEngine.Draft(person: "eve"))], TrialEngine.Cancellation));

        Assert.Equal(2, answers[..4].Count(static one => one.Result!.Reservation is not null));
        Assert.Equal([true, true, false], answers[4..].Select(static one => one.Result!.Reservation is not null));
        Assert.IsType<Decision.Denied>(asked.Result!.Verdict.Decision);
    }

    [Fact]
    public async Task Contacts_of_one_person_at_different_times_are_judged_each_at_its_own()
    {
        trial = await TrialEngine.StartAsync();
        Instant now = trial.Clock.Now;
        trial.Options.TimeSkewMaxMs = 0;
        ReserveDraft[] drafts =
        [
            .. Enumerable.Range(0, 5).Select(i => Draft("ada", $"{i}") with
            {
                Contact = TrialEngine.Draft() with { PlannedAt = now + Duration.FromHours(5 * i) },
            }),
        ];

        BatchAnswer<ReserveResult>[] together = await trial.Engine.Batches.ReserveAsync(
            drafts, TrialEngine.Cancellation);
        List<bool> alone = [];
        foreach (ReserveDraft draft in drafts)
        {
            ReserveResult result = await trial.ReserveAsync(
                draft.Contact with { PersonId = "bob" }, draft.RequestId);
            alone.Add(result.Reservation is not null);
        }

        Assert.Equal(alone, together.Select(static one => one.Result!.Reservation is not null));
        Assert.Contains(false, alone);
    }

    private static ReserveDraft Draft(string person, string? requestId = null) =>
        new(TrialEngine.Draft(person: person)) { RequestId = requestId };

    /// <summary>An engine whose store is far away, and counts.</summary>
    private async Task<(ThrottleEngine Engine, CountedStore Store)> StartAsync()
    {
        trial = await TrialEngine.StartAsync();
        CountedStore store = new(trial.Records, trial.Journal);
        ThrottleEngine engine = await trial.SecondAsync(store, store);
        store.Take();
        return (engine, store);
    }
}
