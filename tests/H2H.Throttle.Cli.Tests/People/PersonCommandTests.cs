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
