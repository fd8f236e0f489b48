using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Policies;

public sealed class ValidateCommandTests : IDisposable
{
    private const string Good = """
        policy: good
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: day, cap: 1, in: calendar day }
        """;

    private const string Bad = """
        policy: bad
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: day, cap: 0, in: calendar day }
          - { name: day, gap: 4 }
        """;

    private const string Odd = """
        policy: odd
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: two, cap: 2, in: calendar day }
          - { name: three, cap: 3, in: calendar day }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Good_documents_are_fine_without_a_server()
    {
        string file = folder.Write("good.yaml", Good);

        Ended ended = await CommandLine.RunAsync("policy", "validate", file, "--server", "127.0.0.1:1");

        Assert.Equal($"{file}: ok: policy good, 1 rule\n", ended.With(exit: 0).Output);
    }

    [Fact]
    public async Task Every_mistake_has_its_line_its_rule_and_its_mend()
    {
        string good = folder.Write("good.yaml", Good);
        string bad = folder.Write("bad.yaml", Bad);

        Ended ended = await CommandLine.RunAsync("policy", "validate", bad, good);

        string[] mistakes = [.. ended.With(exit: 1).Lines.Where(static line => line.Contains(": error: "))];
        Assert.Contains(mistakes, line => line.StartsWith($"{bad}:5:23: error: rule day: ", StringComparison.Ordinal));
        Assert.Contains(mistakes, line => line.StartsWith($"{bad}:6:", StringComparison.Ordinal));
        Assert.All(mistakes, mistake =>
        {
            int place = Array.IndexOf(ended.Lines, mistake);
            Assert.StartsWith("    ", ended.Lines[place + 1], StringComparison.Ordinal);
        });
        Assert.Equal(
            [$"{bad}: {mistakes.Length} mistakes", $"{good}: ok: policy good, 1 rule"], ended.Lines[^2..]);
    }

    [Fact]
    public async Task As_json_each_file_has_its_errors()
    {
        string bad = folder.Write("bad.yaml", Bad);

        Ended ended = await CommandLine.RunAsync("policy", "validate", bad, folder.Write("good.yaml", Good), "--json");

        JsonArray files = JsonNode.Parse(ended.With(exit: 1).Output)!.AsArray();
        Assert.Equal([false, true], files.Select(static file => file!["isValid"]!.GetValue<bool>()));
        Assert.Equal(bad, files[0]!["file"]!.GetValue<string>());
        Assert.Equal(5, files[0]!["errors"]![0]!["line"]!.GetValue<int>());
        Assert.NotEmpty(files[0]!["errors"]![0]!["mend"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_odd_is_told_and_fails_only_where_that_is_asked_for()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        string odd = folder.Write("odd.yaml", Odd);

        Ended told = await CommandLine.RunAsync("policy", "validate", odd);
        Ended failed = await CommandLine.RunAsync("policy", "validate", odd, "--strict");
        Ended there = await server.AskAsync("policy", "validate", odd, "--on-server", "--strict");
        Ended published = await server.AskAsync("policy", "publish", odd);

        string warning = $"{odd}:6:13: warning: rule three: "
            + "Whatever this rule would deny, `two` on line 5 denies anyway.";
        string[] expected =
        [
            warning,
            "    Remove this rule, or make it stricter than the other.",
            $"{odd}: ok: policy odd, 2 rules, 1 warning",
        ];
        Assert.Equal(expected, told.With(exit: 0).Lines);
        Assert.Equal(expected, failed.With(exit: 1).Lines);
        Assert.Equal([.. expected[..2], $"{odd}: ok, 1 warning"], there.With(exit: 1).Lines);
        published.With(exit: 0).Complains(warning);
    }

    [Fact]
    public async Task The_server_finds_the_same_mistakes()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        string bad = folder.Write("bad.yaml", Bad);

        Ended here = await CommandLine.RunAsync("policy", "validate", bad);
        Ended there = await server.AskAsync("policy", "validate", bad, "--on-server");

        Assert.Equal(here.With(exit: 1).Output, there.With(exit: 1).Output);
    }

    public void Dispose() => folder.Dispose();
}
