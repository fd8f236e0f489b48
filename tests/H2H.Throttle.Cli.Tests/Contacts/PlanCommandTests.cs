using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Contacts;

/// <summary>The default policy allows two e-mails a day, an hour apart.</summary>
public sealed class PlanCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly string[] Three =
    [
        "--contact", "channel=email; purpose=marketing; campaign=spring",
        "--contact", "channel=email; purpose=marketing; priority=80; brand=acme",
        "--contact", "channel=sms; purpose=marketing; subject=order-7; label.shop=rome; weight=2",
        "--at", "2026-03-02T22:00Z",
    ];

    [Fact]
    public async Task Several_contacts_are_planned_with_the_most_important_first()
    {
        Ended ended = await server.AskAsync(["plan", "planned", .. Three]);

        string[] lines = ended.With(exit: 0).Lines;
        Assert.Equal("Mon 2 Mar 2026, 22:00  email marketing acme  priority 80", lines[0]);
        Assert.Equal("Mon 2 Mar 2026, 23:00  email marketing spring  priority 0", lines[1]);
        Assert.Equal("Tue 3 Mar 2026, 08:00  sms marketing  priority 0", lines[2]);
        ended.Says("Nothing is reserved");
    }

    [Fact]
    public async Task A_contact_that_does_not_fit_says_why_and_is_a_no()
    {
        Ended ended = await server.AskAsync(["plan", "full", .. Three, "--until", "2026-03-03T07:00Z"]);

        ended.With(exit: 3).Says("does not fit  sms marketing  priority 0\n  breathing-space: ");
        ended.Says("It would fit from Tue 3 Mar 2026, 08:00 UTC on.");
    }

    [Fact]
    public async Task As_json_the_answer_is_the_message_of_the_proto()
    {
        Ended ended = await server.AskAsync(["plan", "json", .. Three, "--json"]);

        PlanContactsResponse answer = PlanContactsResponse.Parser.ParseJson(ended.With(exit: 0).Output);
        Assert.Equal([1, 0, 2], answer.Contacts.Select(static one => one.Index));
    }

    [Theory]
    [InlineData("email")]
    [InlineData("channel=email")]
    [InlineData("channel=email; purpose=marketing; colour=red")]
    [InlineData("channel=email; purpose=marketing; priority=high")]
    public async Task What_is_no_contact_is_refused(string contact)
    {
        Ended ended = await server.AskAsync("plan", "bad", "--contact", contact);

        ended.With(exit: 2).Complains($"'{contact}' is not a contact. Write it as");
    }
}
