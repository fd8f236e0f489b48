using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Policies;

/// <summary>Each test has a server of its own, because all of its callers share one policy.</summary>
public sealed class PolicyCommandTests
{
    private const string Acme = """
        # Ours.
        policy: acme
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: day, cap: 1, in: calendar day }   # one is enough

        """;

    [Fact]
    public async Task A_document_is_published_read_back_to_the_byte_adjusted_and_listed()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using TemporaryFolder folder = new();
        string file = folder.Write("acme.yaml", Acme);

        Ended published = await server.AskAsync(
            "policy", "publish", file, "--comment", "first", "--expected-version", "1");
        Ended document = await server.AskAsync("policy", "get", "--document");
        Ended adjusted = await server.AskAsync(
            "policy", "adjust-cap", "day", "3", "--expected-version", "2", "--comment", "more", "--request-id", "a");
        Ended after = await server.AskAsync("policy", "get", "--json");
        Ended versions = await server.AskAsync("policy", "versions");
        Ended old = await server.AskAsync("policy", "get", "2");

        published.With(exit: 0).StartsSaying("acme, version 2, in force\n");
        Assert.Equal(Acme, document.With(exit: 0).Output);
        adjusted.With(exit: 0).StartsSaying("day: 1 → 3\n");
        Assert.Equal(
            Acme.Replace("cap: 1", "cap: 3", StringComparison.Ordinal),
            GetPolicyResponse.Parser.ParseJson(after.With(exit: 0).Output).Policy.Document);
        Assert.Equal(["   3", "   2", "   1"], versions.With(exit: 0).Lines.Select(static line => line[..4]));
        Assert.EndsWith("acme, 1 rules  more", versions.Lines[0], StringComparison.Ordinal);
        old.With(exit: 0).StartsSaying("acme, version 2, not in force\n");
    }

    [Theory]
    [InlineData("unlimited", "day: 1 → unlimited")]
    [InlineData("blocked", "day: 1 → blocked")]
    public async Task A_cap_is_lifted_or_blocked_in_words(string word, string line)
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using RunningCommand publish = RunningCommand.Start(
            ["policy", "publish", "-", "--server", server.Address], input: Acme);
        (await publish.EndAsync()).With(exit: 0);

        Ended adjusted = await server.AskAsync("policy", "adjust-cap", "day", word);

        Assert.Equal(line, adjusted.With(exit: 0).Lines[0]);
    }

    [Fact]
    public async Task A_document_with_mistakes_changes_nothing_and_names_its_lines()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using TemporaryFolder folder = new();
        string file = folder.Write("bad.yaml", Acme.Replace("cap: 1", "cap: 0", StringComparison.Ordinal));

        Ended published = await server.AskAsync("policy", "publish", file);

        Assert.StartsWith($"{file}:6:23: error: day: ", published.With(exit: 1).Complaint, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was published.\n", published.Complaint, StringComparison.Ordinal);
        Assert.Single((await server.AskAsync("policy", "versions")).Lines);
    }

    [Fact]
    public async Task Whoever_edited_an_old_version_is_told()
    {
        await using LiveServer server = await LiveServer.StartAsync();
        using TemporaryFolder folder = new();

        Ended published = await server.AskAsync(
            "policy", "publish", folder.Write("acme.yaml", Acme), "--expected-version", "7");

        published.With(exit: 5);
        published.Complains("(POLICY_VERSION_CONFLICT, field expected_version)");
        published.Complains("h2h policy versions");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        Ended ended = await CommandLine.RunAsync("policy", "validate", "not-there.yaml");

        Assert.StartsWith("not-there.yaml cannot be read: ", ended.With(exit: 2).Complaint, StringComparison.Ordinal);
    }
}
