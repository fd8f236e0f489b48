using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Policies;

/// <summary>The life of a policy after it is written: compared, simulated, watched, published, taken back.</summary>
public sealed class PolicyLifeTests : IDisposable
{
    private const string Acme = """
        policy: acme
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: weekly, cap: 3, in: calendar week }

        """;

    private static readonly string Loose = Acme.Replace("cap: 3", "cap: 5", StringComparison.Ordinal);
    private static readonly string Strict = Acme.Replace("cap: 3", "cap: 1", StringComparison.Ordinal);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_files_are_compared_in_words_without_a_server()
    {
        string acme = folder.Write("acme.yaml", Acme);

        Ended looser = await CommandLine.RunAsync("policy", "diff", acme, folder.Write("loose.yaml", Loose));
        Ended same = await CommandLine.RunAsync("policy", "diff", acme, acme);
        Ended bad = await CommandLine.RunAsync("policy", "diff", acme, folder.Write("bad.yaml", "rules: ["));

        Assert.Equal(
            [
                "looser    Raises the cap of weekly from 3 to 5.",
                "Together: looser. After the same past, nothing is refused that was allowed.",
            ],
            looser.With(exit: 0).Lines);
        Assert.Equal(["They say the same."], same.With(exit: 0).Lines);
        bad.With(exit: 1).Complains("bad.yaml:2:1: ");
    }

    [Fact]
    public async Task A_policy_is_looked_at_in_every_way_published_and_taken_back()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        string strict = folder.Write("strict.yaml", Strict);
        (await server.AskAsync("policy", "publish", folder.Write("acme.yaml", Acme))).With(exit: 0);

        Ended diff = await server.AskAsync("policy", "diff", strict);
        Ended shadow = await server.AskAsync("policy", "shadow", "publish", strict, "--comment", "look first");
        foreach (string at in (string[])["2026-03-03T12:00:00Z", "2026-03-04T12:00:00Z"])
        {
            (await server.AskAsync(
                "reserve", "ada", "--channel", "email", "--purpose", "marketing", "--at", at)).With(exit: 0);
        }

        Ended shown = await server.AskAsync("policy", "shadow", "show");
        Ended simulated = await server.AskAsync("policy", "adjust-cap", "weekly", "1", "--simulate");
        Ended published = await server.AskAsync("policy", "publish", strict);
        Ended ended = await server.AskAsync("policy", "shadow", "end");
        Ended back = await server.AskAsync("policy", "rollback", "--expected-version", "3");
        Ended compared = await server.AskAsync("policy", "diff", "2", "4");

        diff.With(exit: 0).StartsSaying("stricter  Lowers the cap of weekly from 3 to 1.\n");
        shadow.With(exit: 0).StartsSaying("acme is asked beside the policy in force, and decides nothing.\n");
        shown.With(exit: 0).Says("Rules of version 2 that observe");
        Assert.Contains("would refuse             1  50.0 % of them, which were allowed", shown.Output);
        simulated.With(exit: 0).Says("held against  policy acme, version 2, which is in force");
        Assert.Contains("refused                  1  50.0 %", simulated.Output);
        published.With(exit: 0).StartsSaying("acme, version 3, in force\n");
        ended.With(exit: 0);
        back.With(exit: 0).StartsSaying("Version 2 is in force again, as version 4.\n");
        back.Says("restores   version 2");
        Assert.Equal(["They say the same."], compared.With(exit: 0).Lines);
    }

    [Fact]
    public async Task What_cannot_be_taken_back_simulated_or_asked_is_said()
    {
        await using LiveServer server = await LiveServer.StartAsync();

        Ended first = await server.AskAsync("policy", "rollback");
        Ended rule = await server.AskAsync("policy", "adjust-cap", "nothing", "3", "--simulate");
        Ended none = await server.AskAsync("policy", "adjust-cap", "nothing", "0", "--simulate");
        Ended mistaken = await server.AskAsync("policy", "shadow", "publish", folder.Write("bad.yaml", "rules: ["));

        first.With(exit: 5).Complains("POLICY_VERSION_FIRST");
        rule.With(exit: 2).Complains("The policy in force has no rule nothing.");
        none.With(exit: 2).Complains("A cap is 1 to 1000000; for none write `blocked`.");
        mistaken.With(exit: 1).Complains("bad.yaml:2:1: ");
    }
}
