using System.Text;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>What the journal says of consents, holds and events.</summary>
public sealed class FactJournalTests
{
    private const string Rules = """
        policy: trial
        zone: UTC
        channels: [email, phone]
        purposes: { marketing: {} }
        rules:
          - { name: agreed, when: { channel: phone }, consent: { opt_in: calls } }
          - { name: complaint, hold: open_complaint }
        """;

    [Fact]
    public async Task A_consent_is_in_the_journal_with_its_proof_and_so_is_what_taking_it_back_revoked()
    {
        await using TrialEngine trial = await StartAsync(Rules);
        ConsentDraft calls = new("calls")
        {
            Scope = new Scope("phone", "marketing", "cars"),
            StartsAt = Start - Duration.FromDays(1),
            Until = Start + Duration.FromDays(9),
            EndsOn = ["refused", "conversation", "revoked"],
            Proof = "form 17",
            Source = "shop",
        };
        await trial.Engine.Consent.GrantAsync("g", "ada", calls, null, Cancellation);
        await trial.Engine.Consent.GrantAsync("g", "ada", calls, null, Cancellation);
        string call = await trial.ReservedAsync(Draft("phone") with { Topic = "cars" });

        await trial.Engine.Consent.RevokeAsync(null, "ada", "calls", Scope.Everything, "call", null, Cancellation);

        Assert.Equal(
            [
                """
                consent_given {"channel":"phone","purpose":"marketing","topic":"cars","consent":"calls",
                "from":"2026-03-01T09:00:00Z","until":"2026-03-11T09:00:00Z","ends_on":"conversation, refused",
                "proof":"form 17","source":"shop"}
                """.ReplaceLineEndings(""),
                """consent_revoked {"consent":"calls","source":"call"}""",
                $$"""reservation_revoked {"reservation":"{{call}}"}""",
            ],
            await FactsAsync(trial));
    }

    [Fact]
    public async Task A_hold_is_in_the_journal_when_it_is_placed_and_when_it_is_lifted_with_the_reason()
    {
        await using TrialEngine trial = await StartAsync(Rules);
        string mail = await trial.ReservedAsync();

        await trial.Engine.People.PlaceHoldAsync("p", "ada", "open_complaint", "case 4", null, Cancellation);
        await trial.Engine.People.PlaceHoldAsync("p", "ada", "open_complaint", "case 4", null, Cancellation);
        await trial.Engine.People.LiftHoldAsync(null, "ada", "open_complaint", null, null, Cancellation);

        Assert.Equal(
            [
                """hold_placed {"hold":"open_complaint","reason":"case 4"}""",
                $$"""reservation_revoked {"reservation":"{{mail}}"}""",
                """hold_lifted {"hold":"open_complaint"}""",
            ],
            await FactsAsync(trial));
    }

    [Fact]
    public async Task An_event_is_in_the_journal_once_with_all_that_was_told()
    {
        await using TrialEngine trial = await StartAsync(Rules);
        EventDraft bought = new("purchase")
        {
            About = new Scope("email", "marketing", "cars"),
            Brand = "north",
            Subjects = ["order 5", "order 6"],
            HappenedAt = Start - Duration.FromHours(1),
            Source = "shop",
        };

        await trial.Engine.People.RecordEventAsync("e", "ada", bought, null, Cancellation);
        await trial.Engine.People.RecordEventAsync("e", "ada", bought, null, Cancellation);

        Assert.Equal(
            [
                """
                event_recorded {"event":"purchase","happened_at":"2026-03-02T08:00:00Z","channel":"email",
                "purpose":"marketing","topic":"cars","brand":"north","subjects":"order 5, order 6","source":"shop"}
                """.ReplaceLineEndings(""),
            ],
            await FactsAsync(trial));
    }

    [Fact]
    public async Task Of_events_past_the_most_the_oldest_is_forgotten_and_what_ended_by_it_stays_ended()
    {
        await using TrialEngine trial = await StartAsync(Rules);
        PersonDirectory people = trial.Engine.People;
        await trial.Engine.Consent.GrantAsync(
            null, "ada", new ConsentDraft("calls") { EndsOn = ["purchase"] }, null, Cancellation);
        trial.Clock.Advance(Duration.FromMinutes(1));
        await people.RecordEventAsync(null, "ada", new EventDraft("purchase"), null, Cancellation);
        for (int i = 0; i < Core.Ledgers.Ledger.EventsMax; i++)
        {
            trial.Clock.Advance(Duration.FromSeconds(1));
            await people.RecordEventAsync(null, "ada", new EventDraft("inquiry"), null, Cancellation);
        }

        Core.People.Person known = await people.GetAsync("ada", Cancellation);
        Assert.Equal(Core.Ledgers.Ledger.EventsMax, known.Ledger.Events.Length);
        Assert.All(known.Ledger.Events, static happened => Assert.Equal("inquiry", happened.Name));
        Assert.False(await trial.AllowsAsync(Draft("phone")));
        KnownConsent ended = Assert.Single(
            (await trial.Engine.Consent.GetAsync("ada", null, Cancellation)).Consents);
        Assert.Equal((Start + Duration.FromMinutes(1), "purchase"), (ended.End!.Value.At, ended.End.Value.By));
    }

    private static async Task<IEnumerable<string>> FactsAsync(TrialEngine trial)
    {
        IReadOnlyList<JournalEntry> entries = await trial.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        return entries.Select(static entry => entry.Fact)
            .Where(static fact => fact.Kind != "policy_published")
            .Select(static fact => $"{fact.Kind} {Encoding.UTF8.GetString(fact.Data.Span)}");
    }
}
