using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Access;

/// <summary>An admin makes keys, and programs use them, without a secret on any command line.</summary>
public sealed class KeyCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private LiveServer server = null!;

    private string AdminKeyPath => Path.Combine(folder.Path, "admin.key");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(AdminKeyPath, new string('k', 40), TestContext.Current.CancellationToken);
        server = await LiveServer.StartAsync(
            trustsTime: true, "--Access:Required=true", $"--Access:AdminKeyPath={AdminKeyPath}");
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_is_made_used_listed_and_revoked()
    {
        Ended made = await AsAdminAsync("key", "create", "mail platform", "--role", "sender", "--brand", "north");
        string text = made.With(exit: 0).Output.Trim();
        Assert.StartsWith("h2h_", text, StringComparison.Ordinal);
        string path = Path.Combine(folder.Path, "mail.key");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        Ended who = await server.AskAsync("key", "whoami", "--key-file", path);
        Ended other = await server.AskAsync(
            "check", "ann", "--channel", "email", "--purpose", "marketing", "--brand", "south", "--key-file", path);
        Assert.Equal(["mail platform, sender, north"], who.With(exit: 0).Lines);
        Assert.Contains("BRAND_NOT_ALLOWED", other.With(exit: 5).Complaint, StringComparison.Ordinal);

        string id = text.Split('_')[1];
        Ended listed = await AsAdminAsync("key", "list");
        Assert.StartsWith(
            $"{id}  sender   mail platform  north", listed.With(exit: 0).Lines[0], StringComparison.Ordinal);
        Ended revoked = await AsAdminAsync("key", "revoke", id);
        Assert.Contains("revoked", revoked.With(exit: 0).Output, StringComparison.Ordinal);
        Ended after = await server.AskAsync("key", "whoami", "--key-file", path);
        Assert.Contains("CREDENTIALS_INVALID", after.With(exit: 5).Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_shows_no_key_is_told_how_to()
    {
        Ended ended = await server.AskAsync("key", "list");

        Assert.Contains("H2H_KEY", ended.With(exit: 5).Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        Ended ended = await server.AskAsync("key", "list", "--key-file", "nowhere.key");

        Assert.Contains("nowhere.key", ended.With(exit: 2).Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_none_is_named_with_those_there_are()
    {
        Ended ended = await AsAdminAsync("key", "create", "x", "--role", "owner");

        Assert.Contains(
            "'owner' is no role. Write sender, agent, admin or auditor.", ended.With(exit: 2).Complaint,
            StringComparison.Ordinal);
    }

    private Task<Ended> AsAdminAsync(params string[] arguments) =>
        server.AskAsync([.. arguments, "--key-file", AdminKeyPath]);
}
