using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private Dictionary<string, string?> Variables => new() { ["TMPDIR"] = temporary.Path };

    [Fact]
    public async Task The_week_is_always_the_same_and_leaves_nothing_behind()
    {
        using RunningCommand demo = RunningCommand.Start(["demo"], Variables);

        Ended ended = await demo.EndAsync();

        string[] lines = ended.With(exit: 0).Lines;
        Assert.Contains(" She hears from them 8 times.", lines);
        Assert.Contains(
            " Mon 2 Mar Aurora ·  ·  E✓ ·  ·  ·  ·  ·  Sd ·  ·  ·  ·  ·  ·  Sd  1 of 3", lines);
        Assert.Contains(
            "           Casa   ·  ·  ·  ·  E↩ ·  ·  ·  ·  S✗ ·  ·  P✗ ·  ·  ·   0 of 3", lines);
        Assert.Contains(
            " Bolt    ████░░░░░░░░░░░░░░░░  asked 19   through 4   taken back 0   refused 15", lines);
        Assert.Contains("  ✗ opt-out            20  the person said no, and no is at once", lines);
        Assert.Contains("  d two-a-day          11  two contacts a day, whoever they are from", lines);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path, "h2h-*"));
    }

    [Fact]
    public async Task After_the_opt_out_nothing_gets_through_but_what_the_policy_exempts()
    {
        using RunningCommand demo = RunningCommand.Start(["demo", "--json"], Variables);

        JsonNode week = JsonNode.Parse((await demo.EndAsync()).With(exit: 0).Output)!;

        JsonNode[] later =
        [
            .. week["answers"]!.AsArray()
                .Where(static answer => string.CompareOrdinal(Text(answer!, "at"), "2026-03-05T15:20") > 0)!,
        ];
        JsonNode through = Assert.Single(later, static answer => Text(answer!, "fate") == "Through");
        Assert.Equal("confirmation", Text(through!, "purpose"));
        Assert.Single(later, static answer => Text(answer!, "fate") == "TakenBack");
        Assert.Equal(
            (54, 8, 1, 45),
            (Number(week, "asked"), Number(week, "through"), Number(week, "takenBack"), Number(week, "refused")));
    }

    [Fact]
    public async Task Interrupted_it_leaves_nothing_behind_either()
    {
        using RunningCommand demo = RunningCommand.Start(["demo"], Variables);
        await demo.ComplainsAsync("Starting a server");

        await demo.InterruptAsync();

        (await demo.EndAsync()).With(exit: 130);
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path, "h2h-*"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_or_does_not_start_is_told()
    {
        Ended missing = await RunWithServerAsync(Path.Combine(temporary.Path, "nothing"));
        Ended broken = await RunWithServerAsync("/bin/false");

        missing.With(exit: 2).Complains("but no server is there");
        broken.With(exit: 2).Complains("ended before it took calls");
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path, "h2h-*"));
    }

    public void Dispose() => temporary.Dispose();

    private async Task<Ended> RunWithServerAsync(string path)
    {
        Dictionary<string, string?> variables = new(Variables) { ["H2H_SERVER_PATH"] = path };
        using RunningCommand demo = RunningCommand.Start(["demo"], variables);
        return await demo.EndAsync();
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
