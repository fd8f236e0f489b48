using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing.Servers;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace H2H.Throttle.Cli.Tests.Journals;

/// <summary><c>h2h journal list</c>, <c>watch</c> and <c>verify</c>, with a server and without.</summary>
public sealed class JournalCommandTests(LiveServer server) : IClassFixture<LiveServer>, IDisposable
{
    private const int HangMs = 120_000;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(folder.Path, "store.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_happened_is_listed_with_who_did_it_and_with_what()
    {
        (await server.AskAsync("opt-out", "ann", "--channel", "email", "--source", "hotline")).With(exit: 0);

        Ended listed = await server.AskAsync("journal", "list", "--person", "ann", "--kind", "opt_out");
        Ended nothing = await server.AskAsync("journal", "list", "--person", "nobody");
        Ended mistaken = await server.AskAsync("journal", "list", "--kind", "optout");

        string line = listed.With(exit: 0).Lines[0];
        Assert.Contains("opt_out  channel=email source=hotline", line, StringComparison.Ordinal);
        Assert.EndsWith("by local (admin) through h2h OptOut", line, StringComparison.Ordinal);
        Assert.Equal(["No entries."], nothing.With(exit: 0).Lines);
        mistaken.With(exit: 5).Complains("JOURNAL_KIND_UNKNOWN");
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_goes_on_when_the_server_is_killed_and_started_again()
    {
        await using LiveServer own = await LiveServer.StartAsync();
        using RunningCommand watching = RunningCommand.Start(
            ["journal", "watch", "--after", "0", "--kind", "opt_out", "--kind", "opt_in", "--server", own.Address]);
        (await own.AskAsync("opt-out", "ann")).With(exit: 0);
        await watching.SaysAsync("opt_out");
        await own.KillAsync();
        await watching.ComplainsAsync("The line broke");
        await own.RestartAsync();
        (await own.AskAsync("opt-in", "ann")).With(exit: 0);
        await watching.SaysAsync("opt_in");

        await watching.InterruptAsync();

        Ended ended = (await watching.EndAsync()).With(exit: 130);
        Assert.Equal(1, ended.Lines.Count(static line => line.Contains("opt_out", StringComparison.Ordinal)));
        Assert.Equal(1, ended.Lines.Count(static line => line.Contains("opt_in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_verifies_its_journal_and_prints_the_head_to_write_down()
    {
        (await server.AskAsync("opt-out", "bob")).With(exit: 0);

        Ended verified = await server.AskAsync("journal", "verify");
        string head = verified.With(exit: 0).Lines[^1].Trim()["--head ".Length..];
        (await server.AskAsync("opt-out", "cyd")).With(exit: 0);
        Ended later = await server.AskAsync("journal", "verify", "--head", head);
        Ended other = await server.AskAsync("journal", "verify", "--head", $"{new string('0', 64)}@1");
        Ended mistaken = await server.AskAsync("journal", "verify", "--head", "17");

        verified.StartsSaying("The journal is whole");
        later.With(exit: 0).StartsSaying("The journal is whole and it holds the one that was written down");
        other.With(exit: 1).Says("Entry 1 is not the one that was written down");
        mistaken.With(exit: 2).Complains("is no head");
    }

    [Fact]
    public async Task A_store_and_a_backup_are_verified_without_a_server_and_what_was_tampered_with_is_named()
    {
        await FillAsync();
        string backup = System.IO.Path.Combine(folder.Path, "all.backup");
        (await CommandLine.RunAsync("backup", backup, "--store", $"sqlite:{Path}")).With(0);
        Ended whole = await CommandLine.RunAsync("journal", "verify", "--backup", backup);
        string head = whole.With(0).Lines[^1].Trim()["--head ".Length..];

        (await VerifyAsync()).With(0).StartsSaying("The journal is whole: 20 entries");
        await TamperAsync(static command => command.CommandText =
            "UPDATE journal SET kind = 'opt_in' WHERE position = 7");
        (await VerifyAsync()).With(1).StartsSaying("Entry 7 was changed");
        await TamperAsync(static command => command.CommandText =
            "UPDATE journal SET kind = 'opt_out' WHERE position = 7");
        (await VerifyAsync("--head", head)).With(0);
        await TamperAsync(static command => command.CommandText =
            "UPDATE journal SET subject = '' WHERE position = 9");
        (await VerifyAsync()).With(4).Complains("Entry 9 of the journal is none");
        await TamperAsync(static command => command.CommandText =
            "UPDATE journal SET subject = 'p1' WHERE position = 9");
        await TamperAsync(static command => command.CommandText =
            "DELETE FROM journal WHERE position IN (12, 13)");
        (await VerifyAsync()).With(1).StartsSaying("Entries 12 to 13 are missing.");
        await TamperAsync(static command => command.CommandText =
            "DELETE FROM journal WHERE position >= 12");
        (await VerifyAsync()).With(0);
        (await VerifyAsync("--head", head)).With(1).StartsSaying("Entries 12 to 20 were cut off.");
        (await VerifyAsync("--backup", backup)).With(2).Complains("not both");
    }

    [Fact]
    public async Task A_journal_in_Redis_is_verified_without_a_server()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await FillAsync();
        (await CommandLine.RunAsync("store", "copy", $"sqlite:{Path}", $"redis:{redis.Address}")).With(0);

        Ended verified = await CommandLine.RunAsync("journal", "verify", "--store", $"redis:{redis.Address}");
        Ended none = await CommandLine.RunAsync("journal", "verify", "--store", "sqlite:none.db");

        verified.With(0).StartsSaying("The journal is whole: 20 entries");
        none.With(2).Complains("There is no store");
    }

    private Task<Ended> VerifyAsync(params string[] arguments) =>
        CommandLine.RunAsync(["journal", "verify", "--store", $"sqlite:{Path}", .. arguments]);

    private async Task FillAsync()
    {
        await using SqliteStore store = SqliteStore.Open(new SqliteOptions { Path = Path }, TimeProvider.System);
        await store.Journal.AppendAsync(
            [
                .. Enumerable.Range(1, 20).Select(static number => new JournalFact(
                    $"f{number}", Instant.FromUnixTimeTicks(number), "opt_out", "p1", "{}"u8.ToArray())),
            ],
            Cancellation);
    }

    private async Task TamperAsync(Action<SqliteCommand> how)
    {
        await using SqliteConnection connection = new($"Data Source={Path};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using SqliteCommand command = connection.CreateCommand();
        how(command);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Cancellation));
    }
}
