using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests.Start;

/// <summary>What an operator sees: a greeting that can be followed, or one line that says what to mend.</summary>
public sealed partial class StartTests : IDisposable
{
    private readonly TemporaryStore store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task The_greeting_has_a_command_that_works_and_a_signal_ends_the_server_well()
    {
        using ServerProcess server = await ServerProcess.StartAsync(store.Path);

        Match curl = Curl().Match(server.Greeting);
        Assert.True(curl.Success, server.Greeting);
        Assert.Contains(store.Path, server.Greeting, StringComparison.Ordinal);
        Assert.Contains("policy  default, version 1", server.Greeting, StringComparison.Ordinal);
        using HttpClient http = new();
        using StringContent body = new(curl.Groups["body"].Value, Encoding.UTF8, curl.Groups["type"].Value);
        using HttpResponseMessage response = await http.PostAsync(
            new Uri(curl.Groups["url"].Value), body, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(
            "VERDICT_ALLOW", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        server.Terminate();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Empty(server.Errors.Trim());
    }

    [Fact]
    public async Task The_key_is_made_beside_the_store_for_its_owner_only_and_kept()
    {
        string key = Path.ChangeExtension(store.Path, ".key");
        using (ServerProcess first = await ServerProcess.StartAsync(store.Path))
        {
            await first.KillAsync();
        }

        string made = await File.ReadAllTextAsync(key, Cancellation);
        using ServerProcess second = await ServerProcess.StartAsync(store.Path);

        Assert.Equal(made, await File.ReadAllTextAsync(key, Cancellation));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_setting_to_change()
    {
        using TemporaryStore other = new();
        using ServerProcess first = await ServerProcess.StartAsync(store.Path);

        string reason = await FailureAsync(other.Path, $"--Server:GrpcPort={first.GrpcAddress.Port}");

        Assert.Contains($":{first.GrpcAddress.Port}", reason, StringComparison.Ordinal);
        Assert.Contains("already in use", reason, StringComparison.Ordinal);
        Assert.Contains("--Server:GrpcPort", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_another_server_has_open_is_named()
    {
        using ServerProcess first = await ServerProcess.StartAsync(store.Path);

        string reason = await FailureAsync(store.Path);

        Assert.Contains(store.Path, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_ones_own_that_have_mistakes_are_told_by_line_and_column()
    {
        string bent = store.Write("words.yaml", "en:\n  stop: [basta]\n  halt: [genug]\n");

        using ServerProcess server = await ServerProcess.StartAsync(store.Path, $"--Server:KeywordsPath={bent}");
        Assert.Equal(1, await server.ExitAsync());
        string missing = await FailureAsync(store.Path, "--Server:KeywordsPath=nowhere.yaml");

        string[] lines = server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("The server cannot start: the keywords have mistakes:", lines[0]);
        Assert.StartsWith($"  {bent}:3:3", lines[1], StringComparison.Ordinal);
        Assert.Contains("halt", lines[1], StringComparison.Ordinal);
        Assert.Contains("the keywords cannot be read", missing, StringComparison.Ordinal);
        Assert.Contains("nowhere.yaml", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_left_alone()
    {
        string path = store.Write("letter.txt", "Dear Ann, this is no database, and nobody may write over it.");

        string reason = await FailureAsync(path);

        Assert.Contains(path, reason, StringComparison.Ordinal);
        Assert.StartsWith("Dear Ann", await File.ReadAllTextAsync(path, Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Server:GrpcProt=1", "There is no setting Server:GrpcProt; there are Host, GrpcPort")]
    [InlineData("--Throttle:TrustRequestTimes=true", "There is no setting Throttle:TrustRequestTimes")]
    [InlineData("--Server:GrpcPort=70000", "between 0 and 65535")]
    [InlineData("--Server:HttpPort=web", "Server:HttpPort")]
    [InlineData("--Throttle:TimeSkewMaxMs=-1", "TimeSkewMaxMs")]
    [InlineData("--Sqlite:ReadersMax=0", "ReadersMax")]
    [InlineData("--Server:FirstPolicyPath=/no/such/file.yaml", "/no/such/file.yaml")]
    public async Task A_setting_that_makes_no_sense_is_named(string setting, string part)
    {
        string reason = await FailureAsync(store.Path, setting);

        Assert.Contains(part, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_policy_with_mistakes_is_refused_with_each_of_them()
    {
        string policy = store.Write("mistaken.yaml", "policy: mistaken\nchannels: []\nrulez: []\n");

        using ServerProcess server = await ServerProcess.StartAsync(
            store.Path, $"--Server:FirstPolicyPath={policy}");

        Assert.Equal(1, await server.ExitAsync());
        Assert.Contains($"{policy}:3:1", server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_holds_no_key_is_named_and_not_replaced()
    {
        string key = store.Write("identity.key", "none");

        string reason = await FailureAsync(store.Path, $"--Server:IdentityKeyPath={key}");

        Assert.Contains(key, reason, StringComparison.Ordinal);
        Assert.Equal("none", await File.ReadAllTextAsync(key, Cancellation));
    }

    // One line, exit code 1, no stack trace.
    private static async Task<string> FailureAsync(string storePath, params string[] settings)
    {
        using ServerProcess server = await ServerProcess.StartAsync(storePath, settings);
        Assert.Equal(1, await server.ExitAsync());
        Assert.Empty(server.Greeting);
        string line = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The server cannot start: ", line, StringComparison.Ordinal);
        return line;
    }

    [GeneratedRegex(@"curl (?<url>\S+) \\\s+-H 'Content-Type: (?<type>\S+)' \\\s+-d '(?<body>[^']+)'")]
    private static partial Regex Curl();
}
