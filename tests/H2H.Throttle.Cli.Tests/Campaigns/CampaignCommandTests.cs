using System.Globalization;
using System.Text.Json;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Campaigns;

public sealed class CampaignCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private const string Noon = "2026-03-02T12:00:00Z";

    private readonly string story = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_line_gets_its_verdict_and_bad_ones_leave_the_rest_alone()
    {
        using TemporaryFolder folder = new();
        string audience = folder.Write(
            "audience.csv",
            $"""
            person_id,channel,priority,label.shop
            "{story} 1, the first",email,,"the ""old"" one"
            {story} 2,fax,,
            {story} 3,sms,high,
            {story} 4,sms
            ,sms,,
            {story} 1,email,,

            {story} 1,,9,rome
            """);

        Ended ended = await server.AskAsync(
            "campaign", "reserve", audience, "--channel", "email", "--purpose", "marketing", "--at", Noon);

        ended.With(exit: 1).Says("7 lines");
        string[] rows = await RowsAsync(folder, "audience.verdicts.csv");
        Assert.Equal(
            "line,person_id,verdict,rule,code,message,next_allowed_at,reservation_id,confirm_by,request_id", rows[0]);
        Assert.Equal(7, rows.Length - 1);
        Dictionary<int, string> byLine = rows.Skip(1).ToDictionary(
            static row => int.Parse(row.Split(',')[0], CultureInfo.InvariantCulture));
        Assert.StartsWith($"2,\"{story} 1, the first\",ALLOW,", byLine[2], StringComparison.Ordinal);
        Assert.StartsWith($"3,{story} 2,ERROR,,CHANNEL_UNKNOWN,", byLine[3], StringComparison.Ordinal);
        Assert.StartsWith($"4,{story} 3,ERROR,,BAD_LINE,Line 4 has 'high' where", byLine[4], StringComparison.Ordinal);
        Assert.Contains("Line 5 has 2 fields, not 4.", byLine[5], StringComparison.Ordinal);
        Assert.Contains("Line 6 has no person_id.", byLine[6], StringComparison.Ordinal);
        Assert.StartsWith($"7,{story} 1,ALLOW,", byLine[7], StringComparison.Ordinal);
        Assert.StartsWith($"9,{story} 1,DENY,breathing-space,TOO_SOON,", byLine[9], StringComparison.Ordinal);
        ended.Says("breathing-space");
        ended.Says("BAD_LINE");
    }

    [Fact]
    public async Task A_check_changes_nothing_and_standard_input_and_json_lines_will_do()
    {
        using TemporaryFolder folder = new();
        string output = Path.Combine(folder.Path, "out.jsonl");
        string[] command =
        [
            "campaign", "check", "-", "--run", "mine", "--out", output, "--channel", "email", "--purpose", "marketing",
            "--at", Noon, "--json", "--server", server.Address,
        ];
        using RunningCommand first = RunningCommand.Start(command, input: $"{story} a\n{story} b\n{story} a\n");

        Ended ended = (await first.EndAsync()).With(exit: 0);
        using RunningCommand second = RunningCommand.Start(
            command, input: $"{story} a\n{story} b\n{story} a\n{story} c\n");
        Ended again = (await second.EndAsync()).With(exit: 0);

        using JsonDocument report = JsonDocument.Parse(again.Output);
        Assert.Equal(
            (4, 3, 4),
            (
                report.RootElement.GetProperty("lines").GetInt32(),
                report.RootElement.GetProperty("knownBefore").GetInt32(),
                report.RootElement.GetProperty("allowed").GetInt32()));
        string[] rows = await RowsAsync(folder, "out.jsonl");
        Assert.Equal(["1", "2", "3", "4"], rows.Select(static row =>
            JsonDocument.Parse(row).RootElement.GetProperty("line").ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(0, await ContactsAsync(server, $"{story} a"));
        Assert.Contains("\"allowed\":3", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_answered_is_not_asked_again_and_a_torn_last_line_is_mended()
    {
        using TemporaryFolder folder = new();
        string audience = folder.Write("audience.csv", Ids(20));
        string[] command =
            ["campaign", "reserve", audience, "--channel", "email", "--purpose", "service", "--at", Noon];
        (await server.AskAsync(command)).With(exit: 0);
        string output = Path.Combine(folder.Path, "audience.verdicts.csv");
        string whole = await File.ReadAllTextAsync(output, Cancellation);
        string[] lines = whole.Split('\n');
        await File.WriteAllTextAsync(output, string.Join('\n', lines[..11]) + "\n" + lines[11][..10], Cancellation);

        Ended again = (await server.AskAsync(command)).With(exit: 0);

        again.Says("10 lines had their verdict from an earlier start");
        Assert.Equal(
            lines.Order(StringComparer.Ordinal),
            (await File.ReadAllTextAsync(output, Cancellation)).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_campaign_survives_a_server_that_is_killed_in_the_middle_and_asks_nobody_twice()
    {
        const int People = 30_000;
        await using LiveServer victim = await LiveServer.StartAsync(trustsTime: false);
        using TemporaryFolder folder = new();
        string audience = folder.Write("audience.csv", Ids(People));
        string output = Path.Combine(folder.Path, "out.csv");
        using RunningCommand campaign = RunningCommand.Start(
        [
            "campaign", "reserve", audience, "--out", output, "--channel", "email", "--purpose", "service", "--server",
            victim.Address,
        ]);

        await campaign.ComplainsAsync("lines");
        await victim.KillAsync();
        await victim.RestartAsync();
        Ended ended = (await campaign.EndAsync()).With(exit: 0);

        ended.Says("30,000 lines");
        ended.Says("the connection broke");
        string[] rows = await RowsAsync(folder, "out.csv");
        Assert.Equal(People, rows.Skip(1).Select(static row => row.Split(',')[0]).Distinct().Count());
        Assert.Equal(People, rows.Length - 1);
        Assert.Equal(1, await ContactsAsync(victim, $"{story} 7"));
        Assert.Equal(1, await ContactsAsync(victim, $"{story} {People - 1}"));
    }

    [Fact]
    public async Task A_campaign_that_is_interrupted_goes_on_when_it_is_repeated()
    {
        const int People = 30_000;
        await using LiveServer own = await LiveServer.StartAsync(trustsTime: false);
        using TemporaryFolder folder = new();
        string audience = folder.Write("audience.csv", Ids(People));
        string[] command =
        [
            "campaign", "reserve", audience, "--channel", "email", "--purpose", "service", "--server", own.Address,
        ];
        using RunningCommand first = RunningCommand.Start(command);
        await first.ComplainsAsync("lines");
        await first.InterruptAsync();
        (await first.EndAsync()).With(exit: 130).Says("so far; repeat the command to go on");

        Ended again = await own.AskAsync(command[..^2]);

        again.With(exit: 0).Says("30,000 lines");
        string[] rows = await RowsAsync(folder, "audience.verdicts.csv");
        Assert.Equal(People, rows.Skip(1).Select(static row => row.Split(',')[0]).Distinct().Count());
        Assert.Equal(People, rows.Length - 1);
        Assert.Equal(1, await ContactsAsync(own, $"{story} {People / 2}"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_what_to_do()
    {
        using TemporaryFolder folder = new();
        string ids = folder.Write("ids.csv", Ids(2));
        string odd = folder.Write("odd.csv", "person_id,chanel\na,email\n");
        string nameless = folder.Write("nameless.csv", "a,email\nb,sms\n");
        string verdicts = folder.Write("notes.csv", "my notes\n");

        await RefusedAsync("--channel", "campaign", "check", ids, "--purpose", "service");
        await RefusedAsync("chanel", "campaign", "check", odd, "--channel", "email", "--purpose", "service");
        await RefusedAsync("person_id", "campaign", "check", nameless, "--purpose", "service");
        await RefusedAsync("cannot be read", "campaign", "check", ids + "x", "--purpose", "service");
        await RefusedAsync("--out", "campaign", "check", "-", "--run", "r", "--channel", "email", "--purpose", "x");
        await RefusedAsync(
            "no file of verdicts", "campaign", "check", ids, "--out", verdicts, "--channel", "email", "--purpose", "x");
        (await server.AskAsync(
            "campaign", "check", odd, "--ignore-other-columns", "--channel", "email", "--purpose", "service"))
            .With(exit: 0);
        (await server.AskAsync("campaign", "check", ids, "--channel", "email", "--purpose", "service")).With(exit: 0);
        await RefusedAsync("another run", "campaign", "check", ids, "--channel", "sms", "--purpose", "service");
    }

    private async Task RefusedAsync(string complaint, params string[] command) =>
        (await server.AskAsync(command)).With(exit: 2).Complains(complaint);

    private string Ids(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{story} {i}\n")));

    private static Task<string[]> RowsAsync(TemporaryFolder folder, string name) =>
        File.ReadAllLinesAsync(Path.Combine(folder.Path, name), Cancellation);

    private static async Task<int> ContactsAsync(LiveServer server, string person)
    {
        using ThrottleClient client = new(new Uri($"http://{server.Address}"));
        ListContactsResponse list = await client.People.ListContactsAsync(
            new ListContactsRequest { PersonId = person }, cancellationToken: Cancellation);
        return list.Contacts.Count;
    }
}
