using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Campaigns;

/// <summary>Audiences that come by a pipe, and campaigns with nothing to ask or nobody to ask.</summary>
public sealed class CampaignPipeTests
{
    private static readonly string[] Asked = ["--channel", "email", "--purpose", "service"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_asked_about_when_it_comes_and_a_long_pause_is_no_silence_of_the_server()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using TemporaryFolder folder = new();
        string output = Path.Combine(folder.Path, "out.csv");
        using RunningCommand campaign = RunningCommand.StartListening(
        [
            "campaign", "reserve", "-", "--run", "mine", "--out", output, "--patience", "1s", .. Asked,
            "--server", server.Address,
        ]);

        await campaign.TellAsync("ann\n");
        await UntilItHasAsync(output, "1,ann,ALLOW,");
        await server.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.5), Cancellation);   // longer than its patience, with nothing to ask
        await server.RestartAsync();
        await campaign.TellAsync("bob\n");
        await UntilItHasAsync(output, "2,bob,ALLOW,");
        campaign.TellNoMore();

        (await campaign.EndAsync()).With(exit: 0).Says("2 lines");
    }

    [Fact]
    public async Task A_pipe_will_do_as_a_file_and_needs_a_name()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using TemporaryFolder folder = new();
        string output = Path.Combine(folder.Path, "out.csv");
        string[] command =
            ["campaign", "check", "/dev/stdin", "--out", output, .. Asked, "--server", server.Address];
        using RunningCommand nameless = RunningCommand.Start(command, input: "ann\n");
        using RunningCommand named = RunningCommand.Start([.. command, "--run", "mine"], input: "ann\nbob\n");

        (await nameless.EndAsync()).With(exit: 2).Complains("--run");
        (await named.EndAsync()).With(exit: 0).Says("2 lines");
    }

    [Fact]
    public async Task Where_every_line_has_its_verdict_no_server_is_needed()
    {
        using TemporaryFolder folder = new();
        string audience = folder.Write("audience.csv", "ann\nbob\n");
        string[] command = ["campaign", "check", audience, .. Asked];
        await using (LiveServer server = await LiveServer.StartAsync())
        {
            (await server.AskAsync(command)).With(exit: 0);
        }

        Ended again = await CommandLine.RunAsync([.. command, "--server", "127.0.0.1:1"]);

        again.With(exit: 0).Says("2 lines had their verdict from an earlier start");
    }

    [Fact]
    public async Task Where_nothing_was_asked_there_is_no_report_but_only_why()
    {
        using TemporaryFolder folder = new();
        string audience = folder.Write("audience.csv", "ann\nbob\n");
        string empty = folder.Write("empty.csv", "");

        Ended nobody = await CommandLine.RunAsync(
            ["campaign", "check", audience, "--patience", "1s", .. Asked, "--server", "127.0.0.1:1"]);
        Ended nothing = await CommandLine.RunAsync(
            ["campaign", "check", empty, .. Asked, "--server", "127.0.0.1:1"]);

        nobody.With(exit: 4).Complains("No server answers");
        nothing.With(exit: 2).Complains("has no lines");
        Assert.Equal(("", ""), (nobody.Output, nothing.Output));
    }

    /// <summary>Looks until it is so; the test's own end is the bound.</summary>
    private static async Task UntilItHasAsync(string path, string text)
    {
        while (!File.Exists(path)
            || !(await File.ReadAllTextAsync(path, Cancellation)).Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }
}
