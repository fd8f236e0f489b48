using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class PersonDirectoryTests
{
    [Fact]
    public async Task Only_the_parts_that_are_given_change()
    {
        await using TrialEngine trial = await StartAsync();
        PersonDirectory people = trial.Engine.People;
        await people.UpdateAsync(
            null, "ada", new PersonDraft { Zone = "Europe/Rome", Country = "IT", Attributes = Tier("gold") }, null,
                Cancellation);

        await people.UpdateAsync(null, "ada", new PersonDraft { Attributes = Tier("silver") }, null, Cancellation);
        Person updated = await people.UpdateAsync(null, "ada", new PersonDraft { Country = "" }, null, Cancellation);

        Assert.Equal(("Europe/Rome", null, "silver"), (updated.Zone?.Id, updated.Country, updated.Attributes["tier"]));
        await trial.RestartAsync();
        Assert.Equal("silver", (await trial.Engine.People.GetAsync("ada", Cancellation)).Attributes["tier"]);
    }

    [Fact]
    public async Task A_persons_own_limit_makes_things_stricter()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.People.UpdateAsync(
            null, "ada", new PersonDraft { Limits = [new LimitDraft(new Scope("sms"), 1, "calendar week")] }, null,
                Cancellation);

        await trial.ReserveAsync(Draft("sms"));

        Decision decision = (await trial.ReserveAsync(Draft("sms"))).Verdict.Decision;
        Reason reason = Assert.Single(Assert.IsType<Decision.Denied>(decision).Reasons);
        Assert.Equal(("person-limit", ReasonCode.PersonLimit, "calendar week"),
            (reason.Rule, reason.Code, reason.Window));
        Assert.Equal(Instant.FromUtc(2026, 3, 9, 0, 0), reason.FreeAt);
        Assert.True(await trial.AllowsAsync());
    }

    [Fact]
    public async Task Contacts_are_kept_as_long_as_a_persons_own_limit_looks_back()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.People.UpdateAsync(
            null, "ada", new PersonDraft { Limits = [new LimitDraft(new Scope("sms"), 1, "lifetime")] }, null,
                Cancellation);
        await trial.ReserveAsync(Draft("sms"));

        trial.Clock.Advance(Duration.FromDays(3000));
        await trial.ReserveAsync(Draft("email"));

        Assert.False(await trial.AllowsAsync(Draft("sms")));
    }

    [Fact]
    public async Task What_no_rule_looks_at_any_more_is_forgotten_with_the_next_change()
    {
        await using TrialEngine trial = await StartAsync();
        string old = await trial.ReservedAsync();

        trial.Clock.Advance(Duration.FromDays(401));
        await trial.ReserveAsync();

        Assert.Single((await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts);
        RequestException forgotten = await RefusedAsync(
            trial.Engine.Reservations.ConfirmAsync(null, old, null, null, null, Cancellation));
        Assert.Equal(ProblemReason.ReservationUnknown, forgotten.Problems[0].Reason);
    }

    [Fact]
    public async Task Pages_hold_every_contact_once_in_either_order()
    {
        await using TrialEngine trial = await StartAsync();
        for (int i = 0; i < 25; i++)
        {
            trial.Clock.Advance(Duration.FromMinutes(i % 3));
            await trial.Throttler.RecordAsync(null, Draft(), null, null, null, Cancellation);
        }

        foreach (bool oldestFirst in new[] { true, false })
        {
            List<KnownContact> all = [];
            string? next = null;
            do
            {
                ContactPage page = await trial.Engine.People.ListContactsAsync(
                    "ada", 4, next, oldestFirst, null, Cancellation);
                all.AddRange(page.Contacts);
                next = page.Next;
            }
            while (next is not null);

            Assert.Equal(25, all.Select(static contact => contact.Id).Distinct().Count());
            IEnumerable<Instant> times = all.Select(static contact => contact.Contact.At);
            Assert.Equal(oldestFirst ? times.Order() : times.OrderDescending(), times);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_all_at_once_and_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        PersonDraft draft = new()
        {
            Zone = "Mars/Olympus",
            Country = "XX",
            Attributes = Tier(new string('g', 129)),
            Limits =
            [
                new LimitDraft(Scope.Everything, 0, "calendar week"),
                new LimitDraft(new Scope("pigeon"), 1, "seven"),
            ],
        };

        RequestException refused = await RefusedAsync(trial.Engine.People.UpdateAsync(null, "ada", draft, null,
            Cancellation));
        RequestException token = await RefusedAsync(
            trial.Engine.People.ListContactsAsync("ada", 10, "n.nonsense.1", false, null, Cancellation));

        Assert.Equal(
            [
                "person.zone", "person.country", "person.attributes",
                "person.limits[0].cap", "person.limits[1].channel", "person.limits[1].window",
            ],
            refused.Problems.Select(static problem => problem.Field));
        Assert.Equal(ProblemReason.PageTokenInvalid, token.Problems[0].Reason);
        Assert.Empty(await trial.BytesAsync());
    }

    private static ImmutableSortedDictionary<string, string> Tier(string tier) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("tier", tier)]);
}
