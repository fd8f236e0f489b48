using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Contacts;

/// <summary>A rule that only warns: who is denied by it learns how to pass it.</summary>
public sealed class WarningCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private const string Policy = """
        policy: gentle
        zone: UTC
        channels: [sms]
        purposes: { marketing: {} }
        rules: [ { name: soft, cap: 1, in: calendar day, effect: warn } ]
        """;

    private static readonly string[] Sms =
        ["reserve", "ann", "--channel", "sms", "--purpose", "marketing", "--at", "2026-03-02T09:00Z"];

    [Fact]
    public async Task A_no_that_only_warns_says_how_it_is_passed_and_then_it_is()
    {
        using RunningCommand publish = RunningCommand.Start(
            ["policy", "publish", "-", "--server", server.Address], input: Policy);
        (await publish.EndAsync()).With(exit: 0);
        (await server.AskAsync(Sms)).With(exit: 0);

        Ended denied = await server.AskAsync(Sms);
        Ended asJson = await server.AskAsync([.. Sms, "--json"]);
        Ended passed = await server.AskAsync([.. Sms, "--override-reason", "she asked to be called back"]);

        denied.With(exit: 3).Says("only warns: give --override-reason if there is a good one; it is journalled");
        Assert.True(ReserveResponse.Parser.ParseJson(asJson.With(exit: 3).Output).Decision.Reasons[0].Overridable);
        passed.With(exit: 0).Says("warning, overridden");
        Assert.DoesNotContain("only warns", passed.Output, StringComparison.Ordinal);
    }
}
