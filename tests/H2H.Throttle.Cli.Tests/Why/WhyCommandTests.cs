using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Why;

/// <summary>The default policy allows two e-mails a day, an hour apart.</summary>
public sealed class WhyCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly string[] Email = ["--channel", "email", "--purpose", "marketing"];

    [Fact]
    public async Task A_no_is_drawn_read_out_and_told_how_it_would_be_a_yes()
    {
        await ReserveTwiceAsync("drawn");

        Ended ended = await server.AskAsync(["why", "drawn", .. Email, "--at", "2026-03-02T11:30Z"]);

        ended.With(exit: 3).StartsSaying("DENY  at Mon 2 Mar 2026, 11:30 UTC\n");
        string[] lines = ended.Lines;
        string cap = Assert.Single(
            lines, static line => line.StartsWith("✗ two-emails-a-day", StringComparison.Ordinal));
        Assert.Contains("2/2 ", cap, StringComparison.Ordinal);
        Assert.Equal(2, cap.Count(static sign => sign == '●'));
        Assert.Contains('▒', cap);
        string contacts = Assert.Single(lines, static line => line.StartsWith("contacts", StringComparison.Ordinal));
        Assert.Equal(2, contacts.Count(static sign => sign == 'E'));
        ended.Says("No: this person must not be contacted by email for marketing on Mon 2 Mar 2026, 11:30 (UTC).\n");
        ended.Says("What would change it\n• From Tue 3 Mar 2026, 00:00 on it would be allowed");
        ended.Says("• By sms it would be allowed now.\n");
    }

    [Fact]
    public async Task A_yes_is_drawn_and_ends_with_0()
    {
        Ended ended = await server.AskAsync(["why", "new", .. Email, "--at", "2026-03-02T11:30Z"]);

        ended.With(exit: 0).StartsSaying("ALLOW  at Mon 2 Mar 2026, 11:30 UTC\n");
        ended.Says("Not in the way\n✓ ");
        Assert.DoesNotContain("  \n\n", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("What would change it", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task The_picture_is_as_wide_as_asked_for_without_colour_in_a_pipe(int width)
    {
        string person = $"wide-{width}";
        await ReserveTwiceAsync(person);

        Ended ended = await server.AskAsync(
            ["why", person, .. Email, "--at", "2026-03-02T11:30Z", "--width", $"{width}"]);

        string[] picture =
        [
            .. ended.With(exit: 3).Lines
                .Skip(1)
                .TakeWhile(static line => !line.StartsWith("No:", StringComparison.Ordinal)),
        ];
        Assert.Contains(picture, line => line.Length == width);
        Assert.All(picture, line => Assert.InRange(line.Length, 1, width));
        Assert.DoesNotContain('\u001b', ended.Output);
    }

    [Fact]
    public async Task As_json_the_answer_is_the_message_of_the_proto_and_nothing_else()
    {
        await ReserveTwiceAsync("json");

        Ended ended = await server.AskAsync(["why", "json", .. Email, "--at", "2026-03-02T11:30Z", "--json"]);

        ExplainResponse answer = ExplainResponse.Parser.ParseJson(ended.With(exit: 3).Output);
        Assert.Equal(Verdict.Deny, answer.Decision.Verdict);
        Assert.Equal(2, answer.Explanation.Contacts.Count);
        Assert.Single(ended.Lines);
    }

    [Fact]
    public async Task Times_are_those_of_the_zone_asked_for()
    {
        Ended ended = await server.AskAsync(
            ["why", "zoned", .. Email, "--at", "2026-03-02T11:30Z", "--times-in", "Asia/Kolkata"]);

        ended.With(exit: 0).Says("on Mon 2 Mar 2026, 17:00 (Asia/Kolkata)");
    }

    [Fact]
    public async Task A_width_that_shows_nothing_is_refused()
    {
        Ended ended = await server.AskAsync(["why", "narrow", .. Email, "--width", "20"]);

        ended.With(exit: 2).Complains("--width must be 60 to 200.");
    }

    private async Task ReserveTwiceAsync(string person)
    {
        (await server.AskAsync(["reserve", person, .. Email, "--at", "2026-03-02T01:00Z"])).With(exit: 0);
        (await server.AskAsync(["reserve", person, .. Email, "--at", "2026-03-02T09:00Z"])).With(exit: 0);
    }
}
