using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Merging;

public sealed class MergeDeskTests
{
    [Fact]
    public async Task Two_ledgers_become_one_and_both_ids_find_it()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReservedAsync(Draft(person: "ada"));
        await trial.ReservedAsync(Draft(person: "eve"));

        Merge merge = await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        string third = await trial.ReservedAsync(Draft(person: "eve"));

        Assert.Equal(2, merge.Person.Person.Ledger.Contacts.Length);
        Assert.True(Assert.Single(merge.Person.Names).IsMerged);
        Assert.StartsWith(trial.Hasher.Person("ada").Text, third, StringComparison.Ordinal);
        Assert.False(await trial.AllowsAsync(Draft(person: "ada")));
        Assert.False(await trial.AllowsAsync(Draft(person: "eve")));
        Assert.Equal(["policy_published", "people_merged", "people_merged"], await trial.FactsAsync());
    }

    [Fact]
    public async Task Reservations_of_both_are_confirmed_by_the_ids_they_were_given()
    {
        await using TrialEngine trial = await StartAsync();
        string ofAda = await trial.ReservedAsync(Draft("sms", person: "ada"));
        string ofEve = await trial.ReservedAsync(Draft("email", person: "eve"));   // the same number: the clock stands
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);

        ConfirmResult ada = await trial.Engine.Reservations.ConfirmAsync(null, ofAda, null, null, null, Cancellation);
        ConfirmResult eve = await trial.Engine.Reservations.ConfirmAsync("r", ofEve, null, null, null, Cancellation);
        ConfirmResult again = await trial.Engine.Reservations.ConfirmAsync("r", ofEve, null, null, null, Cancellation);

        Assert.Equal("sms", ada.Contact.Contact.Traits.Channel);
        Assert.Equal("email", eve.Contact.Contact.Traits.Channel);
        Assert.Equal(eve.Contact.Id, again.Contact.Id);
        Person joined = await trial.Engine.People.GetAsync("ada", Cancellation);
        Assert.All(joined.Ledger.Contacts, static contact => Assert.Equal(ContactState.Made, contact.State));
        ContactPage page = await trial.Engine.People.ListContactsAsync("eve", 10, null, true, null, Cancellation);
        foreach (KnownContact contact in page.Contacts)
        {
            KnownContact? found = await trial.Engine.People.FindContactAsync(contact.Id.ToString(), Cancellation);
            Assert.Equal(contact.Contact, found?.Contact);
        }
    }

    [Fact]
    public async Task Calls_of_both_with_one_request_id_keep_the_answers_that_each_was_given()
    {
        await using TrialEngine trial = await StartAsync();
        ReserveResult ada = await trial.ReserveAsync(Draft(person: "ada"), "r");
        ReserveResult eve = await trial.ReserveAsync(Draft(person: "eve"), "r");
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);

        ReserveResult adaAgain = await trial.ReserveAsync(Draft(person: "ada"), "r");
        ReserveResult eveAgain = await trial.ReserveAsync(Draft(person: "eve"), "r");
        ReserveResult later = await trial.ReserveAsync(Draft(person: "eve"), "s");
        ReserveResult laterAgain = await trial.ReserveAsync(Draft(person: "eve"), "s");

        Assert.Equal(ada.Reservation!.Id, adaAgain.Reservation!.Id);
        Assert.Equal(eve.Reservation!.Id, eveAgain.Reservation!.Id);
        Assert.Equal(later.Reservation!.Id, laterAgain.Reservation!.Id);
        Assert.Equal(3, (await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts.Length);
    }

    [Fact]
    public async Task What_either_said_holds_for_the_one_they_are_and_revokes_what_it_stops()
    {
        await using TrialEngine trial = await StartAsync();
        ConsentDesk desk = trial.Consent;
        Scope sms = new(Channel: "sms");
        await desk.OptOutAsync(null, "ada", sms, null, null, Cancellation);
        await desk.OptOutAsync(null, "eve", Scope.Everything, null, null, Cancellation);
        await desk.OptInAsync(null, "eve", sms, null, null, Cancellation);
        string stopped = await trial.ReservedAsync(Draft(person: "ada"));
        await trial.Engine.People.PlaceHoldAsync(null, "eve", "complaint", null, null, Cancellation);
        await desk.SnoozeAsync(
            null, "eve", new Scope(Channel: "phone"), Start + Duration.FromDays(1), null, Cancellation);

        Merge merge = await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        ConfirmResult confirmed = await trial.Engine.Reservations.ConfirmAsync(
            null, stopped, null, null, null, Cancellation);

        Person one = merge.Person.Person;
        Assert.All(one.Statements.Items, static said => Assert.True(said.IsOptOut));
        Assert.Equal(["complaint"], one.Holds);
        Assert.Single(one.Snoozes);
        Assert.True(confirmed.IsRevoked);
        Assert.False(await trial.AllowsAsync(Draft("sms", person: "eve")));
        Assert.Contains("reservation_revoked", await trial.FactsAsync());
    }

    [Fact]
    public async Task A_consent_that_one_gave_does_not_outlive_that_the_other_took_it_back_since()
    {
        await using TrialEngine trial = await StartAsync();
        ConsentDraft calls = new("calls");
        await trial.Consent.GrantAsync(null, "ada", calls, null, Cancellation);
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Consent.GrantAsync(null, "eve", calls, null, Cancellation);
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Consent.RevokeAsync(null, "eve", "calls", Scope.Everything, null, null, Cancellation);

        Merge merge = await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);

        Person one = merge.Person.Person;
        Assert.All(one.Consents, given => Assert.NotNull(given.EndIn(one.Ledger)));
    }

    [Fact]
    public async Task Two_zones_become_candidates_and_the_targets_country_and_attributes_hold()
    {
        await using TrialEngine trial = await StartAsync();
        await UpdateAsync(trial, "ada", "Europe/Rome", "IT", "gold");
        await UpdateAsync(trial, "eve", "America/New_York", "US", "silver");

        Merge merge = await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);

        Person one = merge.Person.Person;
        Assert.Null(one.Zone);
        Assert.Equal(["Europe/Rome", "America/New_York"], one.Zones.Select(static zone => zone.Id));
        Assert.Equal("IT", one.Country);
        Assert.Equal("gold", one.Attributes["tier"]);
    }

    [Fact]
    public async Task People_who_are_one_already_are_not_joined_again_nor_in_a_circle()
    {
        await using TrialEngine trial = await StartAsync();
        MergeDesk desk = trial.Engine.Merges;
        Merge first = await desk.MergeAsync("eve", "ada", null, Cancellation);

        Merge again = await desk.MergeAsync("eve", "ada", null, Cancellation);
        RequestException circle = await RefusedAsync(desk.MergeAsync("ada", "eve", null, Cancellation));
        RequestException self = await RefusedAsync(desk.MergeAsync("bob", "bob", null, Cancellation));
        await desk.MergeAsync("ada", "bob", null, Cancellation);
        RequestException longer = await RefusedAsync(desk.MergeAsync("bob", "eve", null, Cancellation));

        Assert.Equal(first.Id, again.Id);
        Assert.All(
            [circle, self, longer],
            static refused => Assert.Equal(ProblemReason.PeopleAlreadyOne, refused.Problems[0].Reason));
    }

    [Fact]
    public async Task A_chain_of_merges_leads_to_the_last_with_all_ids_and_addresses_on_the_way()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Addresses.LinkAsync("ada", "email:ada@example.org", null, Cancellation);
        string[] reserved = await Task.WhenAll(
            trial.ReservedAsync(Draft(person: "email:ada@example.org")),
            trial.ReservedAsync(Draft("sms", person: "eve")),
            trial.ReservedAsync(Draft("phone", person: "bob")));

        await trial.Engine.Merges.MergeAsync("ada", "eve", null, Cancellation);
        await trial.Engine.Merges.MergeAsync("eve", "bob", null, Cancellation);

        string[] channels = await Task.WhenAll(reserved.Select(async id => (await trial.Engine.Reservations
            .ConfirmAsync(null, id, null, null, null, Cancellation)).Contact.Contact.Traits.Channel));
        Assert.Equal(["email", "sms", "phone"], channels);
        Assert.False(await trial.AllowsAsync(Draft(person: "email:ada@example.org")));
        Assert.Equal(3, (await trial.Engine.People.FindAsync("email:ada@example.org", Cancellation)).Names.Length);
    }

    [Fact]
    public async Task Undoing_gives_back_what_each_had_and_leaves_what_came_since_with_the_target()
    {
        await using TrialEngine trial = await StartAsync();
        await UpdateAsync(trial, "ada", "Europe/Rome", "IT", "gold");
        await UpdateAsync(trial, "eve", "America/New_York", "US", "silver");
        await trial.ReservedAsync(Draft(person: "ada"));
        string ofEve = await trial.ReservedAsync(Draft("sms", person: "eve"));
        await trial.Consent.OptOutAsync(null, "ada", new Scope(Channel: "phone"), null, null, Cancellation);
        await trial.Engine.People.PlaceHoldAsync(null, "eve", "complaint", null, null, Cancellation);
        trial.Clock.Advance(Duration.FromMinutes(1));
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        trial.Clock.Advance(Duration.FromDays(29));
        await trial.Engine.Reservations.ConfirmAsync(null, ofEve, null, null, null, Cancellation);
        await trial.ReservedAsync(Draft(person: "eve"));
        await trial.Consent.OptOutAsync(null, "eve", new Scope(Topic: "news"), null, null, Cancellation);

        NamedPerson eve = await trial.Engine.Merges.UndoAsync("eve", null, Cancellation);

        NamedPerson ada = await trial.Engine.People.FindAsync("ada", Cancellation);
        Assert.Equal(trial.Hasher.Person("eve"), eve.Key);
        LedgerContact back = Assert.Single(eve.Person.Ledger.Contacts);
        Assert.Equal(("sms", ContactState.Made), (back.Traits.Channel, back.State));
        Assert.Equal(2, ada.Person.Ledger.Contacts.Length);
        Assert.Equal(("Europe/Rome", "America/New_York"), (ada.Person.Zone!.Id, eve.Person.Zone!.Id));
        Assert.Equal(("gold", "silver"), (ada.Person.Attributes["tier"], eve.Person.Attributes["tier"]));
        Assert.Empty(ada.Names);
        Assert.Empty(ada.Person.Holds);
        Assert.Equal(["complaint"], eve.Person.Holds);
        Assert.Equal(
            ["phone", "news"], ada.Person.Statements.InForce.Select(static no => no.Scope.Channel ?? no.Scope.Topic));
        Assert.Equal(["news"], eve.Person.Statements.InForce.Select(static no => no.Scope.Topic));
        Assert.False(await trial.AllowsAsync(Draft(person: "eve") with { Topic = "news" }));
        RequestException again = await RefusedAsync(trial.Engine.Merges.UndoAsync("eve", null, Cancellation));
        Assert.Equal(ProblemReason.MergeUnknown, again.Problems[0].Reason);
        await trial.Engine.Merges.MergeAsync("eve", "ada", null, Cancellation);
        Assert.Equal(3, (await trial.Engine.People.GetAsync("eve", Cancellation)).Ledger.Contacts.Length);
    }

    [Fact]
    public async Task A_merge_is_undone_for_thirty_days_and_before_those_that_were_made_on_it()
    {
        await using TrialEngine trial = await StartAsync();
        MergeDesk desk = trial.Engine.Merges;
        await trial.ReservedAsync(Draft(person: "ada"));
        await desk.MergeAsync("ada", "eve", null, Cancellation);
        await desk.MergeAsync("eve", "bob", null, Cancellation);

        RequestException covered = await RefusedAsync(desk.UndoAsync("ada", null, Cancellation));
        await desk.UndoAsync("eve", null, Cancellation);
        await desk.UndoAsync("ada", null, Cancellation);
        await desk.MergeAsync("ada", "eve", null, Cancellation);
        trial.Clock.Advance(Duration.FromDays(31));
        RequestException late = await RefusedAsync(desk.UndoAsync("ada", null, Cancellation));

        Assert.Equal(ProblemReason.MergeCovered, covered.Problems[0].Reason);
        Assert.Equal(ProblemReason.MergeTooOld, late.Problems[0].Reason);
    }

    [Fact]
    public async Task Whoever_is_in_a_pool_is_in_it_once_after_a_merge_and_again_after_its_undoing()
    {
        await using TrialEngine trial = await StartAsync(
            ThreeAndNoMore.Replace("cap: 3,", "cap: 3, pool: household,", StringComparison.Ordinal));
        await JoinAsync(trial, "ada");
        await JoinAsync(trial, "bob");
        await trial.ReservedAsync(Draft(person: "ada"));
        await trial.ReservedAsync(Draft(person: "bob"));

        await trial.Engine.Merges.MergeAsync("ada", "eve", null, Cancellation);

        Assert.Equal((2, 2), await PoolAsync(trial));
        Assert.True(await trial.AllowsAsync(Draft(person: "bob")));
        await trial.ReservedAsync(Draft(person: "eve"));
        Assert.False(await trial.AllowsAsync(Draft(person: "bob")));
        await trial.Engine.Merges.UndoAsync("ada", null, Cancellation);
        Assert.Equal((2, 2), await PoolAsync(trial));
        Assert.True(await trial.AllowsAsync(Draft(person: "bob")));
        Assert.Empty((await trial.Engine.People.GetAsync("eve", Cancellation)).Pools);
    }

    private static async Task JoinAsync(TrialEngine trial, string person) =>
        await trial.Engine.Pools.JoinAsync(null, person, "household", "elm", null, Cancellation);

    private static async Task<(int People, int Contacts)> PoolAsync(TrialEngine trial)
    {
        H2H.Throttle.Engine.Pools.KnownPool pool = await trial.Engine.Pools.GetAsync("household", "elm", Cancellation);
        return (pool.People, pool.Contacts);
    }

    private static async Task UpdateAsync(
        TrialEngine trial, string person, string zone, string country, string tier) =>
        await trial.Engine.People.UpdateAsync(
            null,
            person,
            new PersonDraft
            {
                Zone = zone,
                Country = country,
                Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("tier", tier),
            },
            null,
            Cancellation);
}
