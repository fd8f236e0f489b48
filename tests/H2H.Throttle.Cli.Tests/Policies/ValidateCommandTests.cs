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
