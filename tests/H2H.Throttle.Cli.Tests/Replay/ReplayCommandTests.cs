using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Replay;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Calls_past_the_cap_are_refused_and_a_second_start_changes_nothing()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 60);

        JsonNode first = await ReplayAsync(server, calls);
        JsonNode second = await ReplayAsync(server, calls);

        AssertTotals(calls, cap: 4, first);
        AssertTotals(calls, cap: 4, second);
        Assert.Equal(0, Number(first, "knownBefore"));
        Assert.True(Number(second, "knownBefore") > 0);
        Assert.Equal(2, Number(second, "policyVersion"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Another_cap_is_another_run(int cap)
    {
        await using LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 60);
        await ReplayAsync(server, calls);

        JsonNode report = await ReplayAsync(server, calls, "--cap", $"{cap}");

        AssertTotals(calls, cap, report);
    }

    [Fact]
    public async Task Killing_the_server_half_way_changes_nothing()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 3000);
        using RunningCommand replay = RunningCommand.Start(
            ["replay", calls.Path, "--json", "--server", server.Address]);
        await replay.ComplainsAsync(" %  ");

        await server.KillAsync();
        await server.RestartAsync();

        JsonNode report = JsonNode.Parse((await replay.EndAsync()).With(exit: 0).Output)!;
        AssertTotals(calls, cap: 4, report);
        Assert.True(Number(report, "repeated") > 0, "no request was under way when the server was killed");
    }

    [Fact]
    public async Task Interrupted_and_started_again_it_goes_on_where_it_stopped()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 3000);
        using RunningCommand replay = RunningCommand.Start(["replay", calls.Path, "--server", server.Address]);
        await replay.ComplainsAsync(" %  ");

        await replay.InterruptAsync();
        Ended stopped = await replay.EndAsync();
        await server.KillAsync();
        await server.RestartAsync();
        JsonNode report = await ReplayAsync(server, calls);

        stopped.With(exit: 130).Says("The same command goes on from there.");
        AssertTotals(calls, cap: 4, report);
        Assert.InRange(Number(report, "knownBefore"), 1, calls.Total - 1);
    }

    [Fact]
    public async Task Any_policy_may_decide_however_long_ago_the_calls_were()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 60);
        string policy = folder.Write("policy.yaml", """
            policy: slow
            channels: [call]
            purposes: { survey: {} }
            rules:
              - { name: every-other-day, gap: rolling 36h }
            """);
        string[] arguments = ["--policy", policy, "--channel", "call", "--purpose", "survey", "--run", "slow"];

        JsonNode first = await ReplayAsync(server, calls, arguments);
        JsonNode second = await ReplayAsync(server, calls, arguments);

        // Of calls on consecutive days every other one is too soon, but a weekend lies between Friday and Monday.
        int refused = calls.RefusedWithin(hours: 36);
        Assert.InRange(refused, 1, calls.Total);
        Assert.Equal((refused, refused), (Number(first, "refused"), Number(second, "refused")));
    }

    [Fact]
    public async Task The_report_says_what_it_found_and_how_calls_were_placed()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 60);

        Ended ended = await server.AskAsync("replay", calls.Path, "--run", "told");

        ended.With(exit: 0);
        ended.StartsSaying($"calls: 60 clients, {calls.Total} calls, ");
        ended.Says("per preceding working day");
        ended.Says("CLIENT@told");
        ended.Complains("100 %  ");
    }

    [Fact]
    public async Task Calls_lie_on_working_days_and_only_the_last_has_its_outcome()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        string file = folder.Write("one.csv", """
            client,last_contact_date,attempts_this_campaign,last_call_seconds,subscribed
            ann,2008-05-06,3,90,yes
            """);
        (await server.AskAsync("replay", file, "--run", "r")).With(exit: 0);

        Ended listed = await server.AskAsync("contacts", "ann@r", "--json", "--at", "2008-05-06T12:00Z");

        LedgerContact[] contacts = [.. ListContactsResponse.Parser.ParseJson(listed.With(exit: 0).Output).Contacts];
        Assert.Equal(
            ["2008-05-06T12:00:00Z", "2008-05-05T12:00:00Z", "2008-05-02T12:00:00Z"],
            contacts.Select(static contact => contact.At.ToString().Trim('"')));
        Assert.Equal(["converted", null, null], contacts.Select(static contact => contact.Outcome?.Name));
        Assert.All(contacts, static contact => Assert.Equal("one", contact.Contact.Campaign));
    }

    [Fact]
    public async Task A_server_that_goes_by_its_own_clock_is_left_alone()
    {
        await using LiveServer strict = await LiveServer.StartAsync(trustsTime: false);
        CallFile calls = CallFile.Write(folder, clients: 3);

        Ended ended = await strict.AskAsync("replay", calls.Path);

        ended.With(exit: 2).Complains("(TIME_OUT_OF_RANGE)");
        ended.Complains("--Throttle:TrustRequestTime=true");
        Assert.Single((await strict.AskAsync("policy", "versions")).Lines);
    }

    [Theory]
    [InlineData("client,subscribed", ":1: the heading has no last_contact_date, attempts_this_campaign")]
    [InlineData("a,2008-05-05,0,1,no", ":2: attempts_this_campaign is '0', not 1 to 1000.")]
    [InlineData("a,2008-05-32,1,1,no", ":2: last_contact_date is '2008-05-32', not a day such as 2008-05-05.")]
    [InlineData("a,2008-05-05,1,1,maybe", ":2: subscribed is 'maybe', not yes or no.")]
    [InlineData("a,2008-05-05,1", ":2: last_call_seconds is '', not whole seconds.")]
    [InlineData("a,2008-05-05,1,1,no\na,2008-05-06,1,1,no", ":3: client a has a row already.")]
    [InlineData("", " has no rows.")]
    public async Task A_file_that_makes_no_sense_is_told_by_its_line(string rows, string complaint)
    {
        const string Heading = "client,last_contact_date,attempts_this_campaign,last_call_seconds,subscribed\n";
        bool hasHeading = rows.StartsWith("client", StringComparison.Ordinal);
        string file = folder.Write("bad.csv", hasHeading ? rows : Heading + rows);

        Ended ended = await CommandLine.RunAsync("replay", file);

        ended.With(exit: 2).Complains($"bad.csv{complaint}");
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up()
    {
        LiveServer server = await LiveServer.StartAsync();
        CallFile calls = CallFile.Write(folder, clients: 3000);
        using RunningCommand replay = RunningCommand.Start(
            ["replay", calls.Path, "--patience", "1s", "--server", server.Address]);
        await replay.ComplainsAsync(" %  ");

        await server.DisposeAsync();

        Ended ended = await replay.EndAsync();
        ended.With(exit: 4).Complains("No server answers at");
        ended.Says("Stopped after");
    }

    public void Dispose() => folder.Dispose();

    private static async Task<JsonNode> ReplayAsync(LiveServer server, CallFile calls, params string[] more)
    {
        Ended ended = await server.AskAsync(["replay", calls.Path, "--json", .. more]);
        return JsonNode.Parse(ended.With(exit: 0).Output)!;
    }

    private static void AssertTotals(CallFile calls, int cap, JsonNode report)
    {
        Assert.True(report["complete"]!.GetValue<bool>());
        Assert.Equal(calls.RefusedBy(cap), Number(report, "refused"));
        Assert.Equal(calls.Total - calls.RefusedBy(cap), Number(report, "made"));
        Assert.Equal(calls.SalesTouchedBy(cap), Number(report, "salesTouched"));
    }

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
