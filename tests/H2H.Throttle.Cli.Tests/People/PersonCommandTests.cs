using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.People;

public sealed class PersonCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    [Fact]
    public async Task What_is_given_changes_and_nothing_else()
    {
        (await server.AskAsync(
            "person", "update", "ann", "--zone", "Europe/Rome", "--country", "IT", "--attribute", "tier=gold",
            "--attribute", "shop=rome", "--limit", "2 in calendar week; channel=email; topic=offers",
            "--limit", "1 in rolling 24h; purpose=marketing")).With(exit: 0);

        Ended changed = await server.AskAsync(
            "person", "update", "ann", "--attribute", "tier=silver", "--clear", "country", "--request-id", "r",
            "--json");

        Person person = UpdatePersonResponse.Parser.ParseJson(changed.With(exit: 0).Output).Person;
        Assert.Equal(
            new Person
            {
                Zone = "Europe/Rome",
                Attributes = { ["tier"] = "silver" },
                Limits =
                {
                    new PersonLimit { Cap = 2, Window = "calendar week", Channel = "email", Topic = "offers" },
                    new PersonLimit { Cap = 1, Window = "rolling 24h", Purpose = "marketing" },
                },
            },
            person);
        Ended read = await server.AskAsync("person", "get", "ann");
        Assert.Equal(
            [
                "zone        Europe/Rome",
                "country     unknown: the policy's",
                "attribute   tier=silver",
                "own limit   2 in calendar week  email about offers",
                "own limit   1 in rolling 24h  marketing",
            ],
            read.With(exit: 0).Lines);
    }

    [Fact]
    public async Task Times_that_are_not_wanted_and_zones_that_may_be_are_shown_and_obeyed()
    {
        Ended updated = await server.AskAsync(
            "person", "update", "quiet", "--zone-candidate", "America/New_York", "--zone-candidate",
            "America/Los_Angeles", "--quiet", "mon-fri 12:00-13:00; sat-sun all; until=2026-12-31; channel=phone",
            "--quiet", "daily 22:00-07:00");
        Ended denied = await server.AskAsync(
            "check", "quiet", "--channel", "phone", "--purpose", "marketing", "--at", "2026-03-02T17:30Z");
        Ended cleared = await server.AskAsync(
            "person", "update", "quiet", "--clear", "zones", "--clear", "quiet_times");

        Assert.Equal(
            [
                "zone        one of America/New_York, America/Los_Angeles: all must agree",
                "country     unknown: the policy's",
                "not then    mon-fri 12:00-13:00; sat-sun all until 2026-12-31  phone",
                "not then    daily 22:00-07:00  everything",
            ],
            updated.With(exit: 0).Lines);
        denied.With(exit: 3).Says("person-quiet  PERSON_LIMIT");
        Assert.DoesNotContain("not then", cleared.With(exit: 0).Output, StringComparison.Ordinal);
        Assert.StartsWith("zone        unknown", cleared.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mon all; colour=red", "has something else than days with hours")]
    [InlineData("weekends", "person.quiet_times[0].times")]
    [InlineData("mon all; until=2026-02-30", "person.quiet_times[0].until is no day")]
    public async Task Times_that_cannot_be_read_are_refused(string times, string complaint)
    {
        Ended refused = await server.AskAsync("person", "update", "quiet", "--quiet", times);

        Assert.NotEqual(0, refused.Exit);
        refused.Complains(complaint);
    }

    [Fact]
    public async Task Holds_are_placed_and_lifted()
    {
        Ended placed = await server.AskAsync(
            "place-hold", "held", "open_complaint", "--reason", "case 4", "--request-id", "p");
        Ended json = await server.AskAsync("place-hold", "held", "lawsuit", "--json");
        Ended lifted = await server.AskAsync("lift-hold", "held", "open_complaint");

        placed.With(exit: 0).Says("hold        open_complaint");
        Assert.Equal(
            ["lawsuit", "open_complaint"],
            PlaceHoldResponse.Parser.ParseJson(json.With(exit: 0).Output).Person.Holds);
        lifted.With(exit: 0).Says("hold        lawsuit");
        Assert.DoesNotContain("open_complaint", lifted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_noted_unless_they_are_said_by_another_command()
    {
        Ended noted = await server.AskAsync(
            "record-event", "buyer", "purchase", "--happened-at", "2026-03-02T08:00Z", "--channel", "email",
            "--purpose", "marketing", "--topic", "cars", "--brand", "acme", "--subject", "order 5", "--source", "shop",
            "--request-id", "e", "--at", "2026-03-02T09:00Z");
        Ended json = await server.AskAsync("record-event", "buyer", "inquiry", "--json");
        Ended said = await server.AskAsync("record-event", "buyer", "opt_out");

        Assert.Equal("Noted purchase.\n", noted.With(exit: 0).Output);
        Assert.Equal(new RecordEventResponse(), RecordEventResponse.Parser.ParseJson(json.With(exit: 0).Output));
        Assert.NotEqual(0, said.Exit);
        said.Complains("call OptOut");
    }

    [Fact]
    public async Task Contacts_come_page_by_page()
    {
        foreach (string day in (string[])["02", "03", "04"])
        {
            (await server.AskAsync(
                "record", "pages", "--channel", "email", "--purpose", "marketing", "--at", $"2026-03-{day}T09:00Z"))
                .With(exit: 0);
        }

        string[] list = ["contacts", "pages", "--page-size", "2", "--oldest-first", "--at", "2026-03-05T09:00Z"];
        Ended first = await server.AskAsync(list);
        string token = first.With(exit: 0).Lines[^1].Split("--page-token ")[1];
        Ended second = await server.AskAsync([.. list, "--page-token", token]);

        Assert.Equal(["Mon 2 Mar", "Tue 3 Mar"], first.Lines[..2].Select(static line => line[..9]));
        second.StartsSaying("Wed 4 Mar 2026, 09:00  confirmed    email marketing");
        Assert.DoesNotContain("There are more", second.With(exit: 0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_never_heard_of_is_no_error()
    {
        Assert.Equal("No contacts.\n", (await server.AskAsync("contacts", "nobody")).With(exit: 0).Output);
        Assert.StartsWith(
            "zone        unknown", (await server.AskAsync("person", "get", "nobody")).With(exit: 0).Output,
            StringComparison.Ordinal);
    }
}
