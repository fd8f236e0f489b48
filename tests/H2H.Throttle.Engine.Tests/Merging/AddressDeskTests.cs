using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Requests;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Merging;

public sealed class AddressDeskTests
{
    private const string Mail = "email:ada@example.org";
    private const string Phone = "tel:+390212345678";

    [Fact]
    public async Task A_contact_that_names_only_an_address_makes_a_person_on_the_spot()
    {
        await using TrialEngine trial = await StartAsync();
        ContactDraft draft = Draft() with { PersonId = null, Address = "Ada@Example.org" };

        for (int call = 0; call < 3; call++)
        {
            await trial.ReservedAsync(draft);
        }

        Assert.False(await trial.AllowsAsync(draft));
        Assert.False(await trial.AllowsAsync(Draft(person: Mail)));
        Assert.False(await trial.AllowsAsync(Draft(person: "EMAIL: ADA@example.ORG")));
        Assert.True(await trial.AllowsAsync(Draft(person: "ada@example.org")));   // an id that reads alike
    }

    [Fact]
    public async Task A_linked_address_is_the_person_for_every_call()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await trial.Engine.Addresses.LinkAsync("ada", Phone, null, Cancellation);

        await trial.ReservedAsync(Draft());
        string byMail = await trial.ReservedAsync(Draft(person: Mail));
        await trial.ReservedAsync(Draft(person: Phone));

        Assert.False(await trial.AllowsAsync(Draft()));
        Assert.False(await trial.AllowsAsync(Draft(person: Mail)));
        await trial.Engine.Reservations.ReleaseAsync(null, byMail, null, Cancellation);
        Assert.True(await trial.AllowsAsync(Draft(person: Phone)));
        await trial.Consent.OptOutAsync(null, Mail, Scope.Everything, null, null, Cancellation);
        Assert.False(await trial.AllowsAsync(Draft()));
    }

    [Fact]
    public async Task Linking_twice_is_no_error_and_tells_by_what_the_person_is_found()
    {
        await using TrialEngine trial = await StartAsync();

        NamedPerson once = await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await trial.Engine.Addresses.LinkAsync(Mail, Phone, null, Cancellation);
        NamedPerson twice = await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);

        Assert.Equal(AliasKind.Email, Assert.Single(once.Names).Kind);
        Assert.Equal([AliasKind.Email, AliasKind.Phone], twice.Names.Select(static name => name.Kind));
        Assert.Equal(trial.Hasher.Person("ada"), twice.Key);
        Assert.Equal(twice.Key, (await trial.Engine.People.FindAsync(Phone, Cancellation)).Key);
        Assert.Equal(["policy_published", "address_linked", "address_linked"], await trial.FactsAsync());
    }

    [Fact]
    public async Task A_link_to_an_address_that_has_a_ledger_or_is_somebody_elses_names_the_mend()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.ReservedAsync(Draft(person: Mail));
        await trial.Engine.Addresses.LinkAsync("bob", Phone, null, Cancellation);

        RequestException history = await RefusedAsync(
            trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation));
        RequestException other = await RefusedAsync(
            trial.Engine.Addresses.LinkAsync("ada", Phone, null, Cancellation));

        Assert.Equal(ProblemReason.AddressHasPerson, history.Problems[0].Reason);
        Assert.Contains("MergePeople", history.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(ProblemReason.AddressLinkedElsewhere, other.Problems[0].Reason);
        Assert.Empty((await trial.Engine.People.FindAsync("ada", Cancellation)).Names);
    }

    [Fact]
    public async Task An_address_that_was_unlinked_is_nobodys()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await trial.Consent.OptOutAsync(null, Mail, Scope.Everything, null, null, Cancellation);

        NamedPerson after = await trial.Engine.Addresses.UnlinkAsync("ada", Mail, null, Cancellation);

        Assert.Empty(after.Names);
        Assert.True(await trial.AllowsAsync(Draft(person: Mail)));
        Assert.False(await trial.AllowsAsync(Draft()));
        RequestException again = await RefusedAsync(
            trial.Engine.Addresses.UnlinkAsync("ada", Mail, null, Cancellation));
        Assert.Equal(ProblemReason.AddressNotLinked, again.Problems[0].Reason);
        await trial.Engine.Addresses.LinkAsync("bob", Mail, null, Cancellation);
        Assert.Equal(
            trial.Hasher.Person("bob"), (await trial.Engine.People.FindAsync(Mail, Cancellation)).Key);
    }

    [Theory]
    [InlineData("email:ada", "is no e-mail address")]
    [InlineData("email:ada@", "is no e-mail address")]
    [InlineData("email:a b@example.org", "is no e-mail address")]
    [InlineData("email:Ada <ada@example.org>", "is no e-mail address")]
    [InlineData("email:ada@example.org@example.org", "is no e-mail address")]
    [InlineData("tel:0212345678", "without its country code")]
    [InlineData("tel:+39", "is no phone number")]
    [InlineData("tel:+3902123456789012", "is no phone number")]
    [InlineData("tel:two", "is no phone number")]
    [InlineData("device:", "names no device")]
    [InlineData("device:  ", "names no device")]
    [InlineData("device:a\tb", "has control characters")]
    public async Task A_malformed_address_is_refused_wherever_a_person_is_named(string address, string message)
    {
        await using TrialEngine trial = await StartAsync();

        RequestException asked = await RefusedAsync(trial.ReserveAsync(Draft(person: address)));
        RequestException read = await RefusedAsync(trial.Engine.People.GetAsync(address, Cancellation));
        RequestException linked = await RefusedAsync(
            trial.Engine.Addresses.LinkAsync("ada", address, null, Cancellation));

        Assert.Equal(
            [
                (ProblemReason.AddressMalformed, "contact.person_id"),
                (ProblemReason.AddressMalformed, "person_id"),
                (ProblemReason.AddressMalformed, "address"),
            ],
            new[] { asked, read, linked }.Select(static one => (one.Problems[0].Reason, one.Problems[0].Field)));
        Assert.Contains(message, asked.Problems[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", asked.Problems[0].Message.Replace("ada@", "", StringComparison.Ordinal)
            .Replace("ann@", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_tells_which_spellings_are_one_mailbox()
    {
        await using TrialEngine trial = await StartAsync(
            ThreeAndNoMore + "\nmailboxes: { ignore_tags: [example.org, gmail.com], ignore_dots: gmail.com }");

        async Task<string> KeyAsync(string address) =>
            (await trial.Engine.People.FindAsync(address, Cancellation)).Key.Text;

        Assert.Equal(await KeyAsync("email:ada@gmail.com"), await KeyAsync("email:A.d.a+shop@Gmail.com"));
        Assert.Equal(await KeyAsync("email:ada@example.org"), await KeyAsync("email:ada+shop@example.org"));
        Assert.NotEqual(await KeyAsync("email:ada@example.org"), await KeyAsync("email:a.da@example.org"));
        Assert.NotEqual(await KeyAsync("email:ada@example.net"), await KeyAsync("email:ada+shop@example.net"));
        Assert.NotEqual(await KeyAsync("email:+ada@example.org"), await KeyAsync("email:ada@example.org"));
    }

    [Fact]
    public async Task A_call_by_id_asks_no_more_of_the_store_than_before_and_one_by_an_address_that_is_known_neither()
    {
        await using TrialEngine trial = await StartAsync();
        People.CountedStore calls = new(trial.Records, trial.Journal);
        ThrottleEngine far = await trial.SecondAsync(calls, calls);
        await far.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        calls.Take();

        await far.Throttler.ReserveAsync(null, Draft(), null, null, null, Cancellation);
        string byId = calls.Take();
        await far.Throttler.ReserveAsync(null, Draft(person: Mail), null, null, null, Cancellation);
        string byAddress = calls.Take();
        await far.Throttler.CheckAsync(Draft(person: Mail), null, null, Cancellation);
        string checkedByAddress = calls.Take();
        ThrottleEngine other = await trial.SecondAsync(calls, calls);
        calls.Take();
        await other.Throttler.ReserveAsync(null, Draft(person: Mail), null, null, null, Cancellation);

        Assert.Equal("s", byId);
        Assert.Equal("s", byAddress);
        Assert.Equal("l", checkedByAddress);
        Assert.Equal("cls", calls.Take());   // a wrong guess, which is answered with where the person is
    }

    [Fact]
    public async Task An_address_that_moved_on_another_server_is_found_where_it_is_now()
    {
        await using TrialEngine trial = await StartAsync();
        People.CountedStore calls = new(trial.Records, trial.Journal);
        ThrottleEngine far = await trial.SecondAsync(calls, calls);
        await far.Addresses.LinkAsync("ada", Mail, null, Cancellation);
        await far.Throttler.ReserveAsync(null, Draft(person: Mail), null, null, null, Cancellation);

        await trial.Engine.Addresses.UnlinkAsync("ada", Mail, null, Cancellation);
        await trial.Engine.Addresses.LinkAsync("bob", Mail, null, Cancellation);
        await far.Throttler.ReserveAsync(null, Draft(person: Mail), null, null, null, Cancellation);
        await far.Consent.OptOutAsync(null, Mail, Scope.Everything, null, null, Cancellation);

        Assert.Single((await trial.Engine.People.GetAsync("ada", Cancellation)).Ledger.Contacts);
        Assert.Single((await trial.Engine.People.GetAsync("bob", Cancellation)).Ledger.Contacts);
        Assert.True(await trial.AllowsAsync(Draft()));
        Assert.False(await trial.AllowsAsync(Draft(person: "bob")));
    }
}
