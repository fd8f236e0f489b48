using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests;

public sealed class ThrottlerTests
{
    [Fact]
    public async Task What_is_reserved_counts_at_once_on_every_channel_and_for_every_brand()
    {
        await using TrialEngine trial = await StartAsync();

        await trial.ReserveAsync(Draft("email") with { Brand = "a" });
        await trial.ReserveAsync(Draft("sms") with { Brand = "b" });
        await trial.ReserveAsync(Draft("phone") with { Brand = "c" });
        ReserveResult fourth = await trial.ReserveAsync(Draft("email") with { Brand = "d" });

        Decision.Denied denied = Assert.IsType<Decision.Denied>(fourth.Verdict.Decision);
        Reason reason = Assert.Single(denied.Reasons);
        Assert.Equal(("three", ReasonCode.CapReached, 3, 3), (reason.Rule, reason.Code, reason.Used, reason.Limit));
        Assert.Equal(["a", "b", "c"], reason.Counted.Select(static contact => contact.Traits.Brand));
        Assert.Null(fourth.Reservation);
    }

    [Fact]
    public async Task A_check_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync();
        byte[] before = await trial.BytesAsync();

        for (int i = 0; i < 10; i++)
        {
            Assert.True(await trial.AllowsAsync());
        }

        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task Where_expired_reservations_are_released_a_slot_is_free_at_the_instant_that_was_promised()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync(Draft("phone"), lives: Duration.FromMinutes(10));
        await trial.ReserveAsync();
        await trial.ReserveAsync();

        ReserveResult denied = await trial.ReserveAsync();

        Decision.Denied answer = Assert.IsType<Decision.Denied>(denied.Verdict.Decision);
        Assert.Equal(Start + Duration.FromMinutes(10), answer.NextAllowedAt);
        trial.Clock.Now = answer.NextAllowedAt!.Value - Duration.FromTicks(1);
        Assert.False(await trial.AllowsAsync());
        trial.Clock.Now = answer.NextAllowedAt!.Value;
        Assert.True(await trial.AllowsAsync());
    }

    [Fact]
    public async Task A_reservation_that_nobody_confirms_counts_as_made()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync(lives: Duration.FromSeconds(1));
        await trial.ReserveAsync();
        await trial.ReserveAsync();

        trial.Clock.Advance(Duration.FromHours(23));

        Assert.False(await trial.AllowsAsync());
    }

    [Fact]
    public async Task A_planned_contact_fills_the_windows_before_and_after_it()
    {
        await using TrialEngine trial = await StartAsync(ThreeAndNoMore.Replace("cap: 3", "cap: 1",
            StringComparison.Ordinal));
        ReserveResult planned = await trial.ReserveAsync(Draft() with { PlannedAt = Start + Duration.FromHours(30) });
        Assert.Equal(Start + Duration.FromHours(30), planned.Verdict.At);

        Assert.True(await trial.AllowsAsync(Draft() with { PlannedAt = Start + Duration.FromHours(6) }));
        Assert.False(await trial.AllowsAsync(Draft() with { PlannedAt = Start + Duration.FromHours(7) }));
        Assert.False(await trial.AllowsAsync(Draft() with { PlannedAt = Start + Duration.FromHours(53) }));
        Assert.True(await trial.AllowsAsync(Draft() with { PlannedAt = Start + Duration.FromHours(54) }));
    }

    [Fact]
    public async Task What_was_made_is_stored_past_the_cap_and_the_answer_says_by_what_it_is_over()
    {
        await using TrialEngine trial = await StartAsync();
        for (int i = 0; i < 3; i++)
        {
            await trial.ReserveAsync();
        }

        RecordResult recorded = await trial.Throttler.RecordAsync(null, Draft(), null, "delivered", null, Cancellation);

        Assert.Equal("three", Assert.Single(recorded.Overshoot).Rule);
        Assert.Equal(4, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);
    }

    [Fact]
    public async Task Slots_lie_between_planned_contacts_and_hours()
    {
        await using TrialEngine trial = await StartAsync("""
            policy: slots
            zone: UTC
            channels: [phone]
            purposes: { marketing: {} }
            rules:
              - { name: office, hours: { mon-fri: "10:00-12:00" } }
              - { name: breath, gap: rolling 30m }
            """);
        await trial.ReserveAsync(Draft("phone") with { PlannedAt = Instant.FromUtc(2026, 3, 3, 11, 0) });

        SlotsResult found = await trial.Throttler.FindSlotsAsync(
            Draft("phone"), null, Instant.FromUtc(2026, 3, 4, 10, 30), 10, null, Cancellation);

        Assert.Equal(
            [
                new Interval(Instant.FromUtc(2026, 3, 2, 10, 0), Instant.FromUtc(2026, 3, 2, 12, 0)),
                new Interval(
                    Instant.FromUtc(2026, 3, 3, 10, 0), Instant.FromUtc(2026, 3, 3, 10, 30) + Duration.FromTicks(1)),
                new Interval(Instant.FromUtc(2026, 3, 3, 11, 30), Instant.FromUtc(2026, 3, 3, 12, 0)),
                new Interval(Instant.FromUtc(2026, 3, 4, 10, 0), Instant.FromUtc(2026, 3, 4, 10, 30)),
            ],
            found.Slots);
        Assert.False(found.HasMore);
        Assert.IsType<Decision.Denied>(found.Verdict.Decision);
    }

    [Fact]
    public async Task Of_a_thousand_calls_at_once_from_two_engines_exactly_the_cap_is_admitted()
    {
        await using TrialEngine trial = await StartAsync();
        ThrottleEngine second = await trial.SecondAsync();

        ReserveResult[] results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() =>
            AskAsync((i % 2 == 0 ? trial.Engine : second).Throttler, i % 3 == 0 ? $"request {i}" : null))));

        Assert.Equal(3, results.Count(static result => result.Reservation is not null));
        Assert.Equal(3, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);

        // Of two engines over one embedded store, which commits both their saves together, one may lose for long.
        static async Task<ReserveResult> AskAsync(Throttler throttler, string? requestId)
        {
            while (true)
            {
                try
                {
                    return await throttler.ReserveAsync(requestId, Draft(), null, null, null, Cancellation);
                }
                catch (RequestException error) when (error.Problems is [{ Reason: ProblemReason.Contended }])
                {
                    // As the refusal says: nothing was changed, repeat the call.
                }
            }
        }
    }

    [Fact]
    public async Task A_rule_that_warns_is_passed_with_a_reason_which_the_journal_keeps()
    {
        await using TrialEngine trial = await StartAsync(
            ThreeAndNoMore.Replace("name: three,", "name: three, effect: warn,", StringComparison.Ordinal));
        for (int i = 0; i < 3; i++)
        {
            await trial.ReserveAsync();
        }

        ReserveResult denied = await trial.ReserveAsync(requestId: "denied");
        ReserveResult again = await trial.ReserveAsync(requestId: "denied");
        Assert.Null(denied.Reservation);
        ReserveResult overridden = await trial.Throttler.ReserveAsync(
            null, Draft(), null, null, "the person asked to be called back", Cancellation);

        Assert.All(
            [denied, again],   // the second as it was stored
            static one => Assert.True(
                Assert.Single(Assert.IsType<Decision.Denied>(one.Verdict.Decision).Reasons).IsOverridable));
        Assert.NotNull(overridden.Reservation);
        Assert.Equal("three", Assert.Single(overridden.Verdict.Decision.Warnings).Rule);
        Assert.Contains("override", await trial.FactsAsync());
    }

    [Fact]
    public async Task What_a_rule_leaves_open_is_warned_of_and_is_no_override()
    {
        await using TrialEngine trial = await StartAsync(
            ThreeAndNoMore
            + "\n  - { name: shops, hours: { daily: \"00:00-24:00\", eves: \"00:00-24:00\" }, calendar: it }\n");
        trial.Clock.Now = Instant.FromUtc(2041, 1, 2, 12, 0);

        ReserveResult reserved = await trial.ReserveAsync();

        Assert.NotNull(reserved.Reservation);
        Assert.Equal(ReasonCode.CalendarUnknown, Assert.Single(reserved.Verdict.Decision.Warnings).Code);
        Assert.DoesNotContain("override", await trial.FactsAsync());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_give_slots_back()
    {
        await using TrialEngine trial = await StartAsync();
        trial.Clock.Advance(Duration.FromHours(10));
        for (int i = 0; i < 3; i++)
        {
            await trial.ReserveAsync();
        }

        trial.Clock.Now = Start - Duration.FromDays(2);

        ReserveResult denied = await trial.ReserveAsync();
        Assert.Equal(Start + Duration.FromHours(10), denied.Verdict.At);
        Assert.IsType<Decision.Denied>(denied.Verdict.Decision);
    }

    public static TheoryData<string, ProblemReason, string> Nonsense() => new()
    {
        { "channel", ProblemReason.ChannelUnknown, "contact.channel" },
        { "purpose", ProblemReason.PurposeUnknown, "contact.purpose" },
        { "empty id", ProblemReason.IdEmpty, "contact.person_id" },
        { "long id", ProblemReason.IdTooLong, "contact.person_id" },
        { "control id", ProblemReason.IdMalformed, "contact.person_id" },
        { "past", ProblemReason.TimeOutOfRange, "at" },
        { "future", ProblemReason.TimeOutOfRange, "at" },
        { "planned past", ProblemReason.TimeOutOfRange, "contact.planned_at" },
        { "planned far", ProblemReason.TimeOutOfRange, "contact.planned_at" },
        { "weight", ProblemReason.WeightOutOfRange, "contact.weight" },
        { "priority", ProblemReason.PriorityOutOfRange, "contact.priority" },
        { "country", ProblemReason.CountryUnknown, "contact.country" },
        { "year", ProblemReason.TimeToLiveOutOfRange, "time_to_live" },
        { "no time", ProblemReason.TimeToLiveOutOfRange, "time_to_live" },
        { "long request", ProblemReason.IdTooLong, "request_id" },
        { "incoming", ProblemReason.FieldNotAllowed, "contact.direction" },
        { "subjects", ProblemReason.SubjectsOutOfRange, "contact.subjects" },
        { "long brand", ProblemReason.TextTooLong, "contact.brand" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_is_refused_with_its_reason_and_field_and_changes_nothing(
        string what, ProblemReason reason, string field)
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReserveAsync();
        byte[] before = await trial.BytesAsync();
        ContactDraft draft = Draft();
        draft = what switch
        {
            "channel" => draft with { Channel = "pigeon" },
            "purpose" => draft with { Purpose = null },
            "empty id" => draft with { PersonId = "" },
            "long id" => draft with { PersonId = new string('a', 129) },
            "control id" => draft with { PersonId = "a\nb" },
            "planned past" => draft with { PlannedAt = Start - Duration.FromSeconds(61) },
            "planned far" => draft with { PlannedAt = Start + Duration.FromDays(401) },
            "weight" => draft with { Weight = -1 },
            "priority" => draft with { Priority = 101 },
            "country" => draft with { Country = "Italy" },
            "incoming" => draft with { Direction = Direction.In },
            "subjects" => draft with { Subjects = [.. Enumerable.Range(0, 17).Select(static i => $"{i}")] },
            "long brand" => draft with { Brand = new string('b', 129) },
            _ => draft,
        };
        Duration? lives = what is "year" ? Duration.FromDays(365) : what is "no time" ? Duration.Zero : null;
        Instant? at = what is "past" ? Start - Duration.FromDays(1) : what is "future" ? Start + Duration.FromDays(1)
            : null;

        RequestException refused = await RefusedAsync(trial.Throttler.ReserveAsync(
            what is "long request" ? new string('r', 129) : null, draft, lives, at, null, Cancellation));

        Problem problem = Assert.Single(refused.Problems);
        Assert.Equal((reason, field), (problem.Reason, problem.Field));
        Assert.Equal(before, await trial.BytesAsync());
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_no_id_is_repeated()
    {
        await using TrialEngine trial = await StartAsync();
        string id = new('x', 200);

        RequestException refused = await RefusedAsync(trial.Throttler.CheckAsync(
            new ContactDraft { PersonId = id, Channel = "?", Weight = 0 }, Start - Duration.FromDays(9), null,
                Cancellation));

        Assert.Equal(
            ["at", "contact.person_id", "contact.channel", "contact.purpose", "contact.weight"],
            refused.Problems.Select(static problem => problem.Field));
        Assert.DoesNotContain(id, refused.Message, StringComparison.Ordinal);
    }
}
