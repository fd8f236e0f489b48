using System.IO.Pipes;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Lists;

public sealed class ListCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private const string AsOf = "2026-03-01T00:00:00Z";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_imported_shown_exported_imported_back_and_removed()
    {
        using TemporaryFolder folder = new();
        string file = await WriteAsync(
            folder, "dnc.txt", "# mine\n(202) 555-0100\r\nAda@example.com\nrubbish\n\u0001\u0002");

        Ended import = await server.AskAsync(
            "list", "import", file, "--list", "dnc", "--as-of", AsOf, "--country-code", "+1");
        Ended show = await server.AskAsync("list", "show");
        Ended export = await server.AskAsync("list", "export", "dnc");
        string copy = await WriteAsync(folder, "copy.txt", export.With(exit: 0).Output);
        Ended back = await server.AskAsync("list", "import", copy, "--list", "copy", "--json");
        Ended remove = await server.AskAsync("list", "remove", "dnc");
        Ended again = await server.AskAsync("list", "remove", "dnc");

        import.With(exit: 0).StartsSaying("5 lines: 2 addresses, 2 bad.\n");
        import.Says("line 4  neither a phone number nor an e-mail address");
        show.With(exit: 0).Says("dnc  2 addresses  as of");
        Assert.Equal(3, export.Lines.Length);
        Assert.DoesNotContain("555", export.Output, StringComparison.Ordinal);
        SuppressionList copied = ImportSuppressionsResponse.Parser.ParseJson(back.With(exit: 0).Output).List;
        Assert.Equal((2, AsOf), (copied.Entries, copied.AsOf.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ")));
        remove.With(exit: 0).StartsSaying("Removed dnc.");
        again.With(exit: 5).Complains("LIST_UNKNOWN");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_what_to_do()
    {
        using TemporaryFolder folder = new();
        string empty = await WriteAsync(folder, "empty.txt", "");
        string one = await WriteAsync(folder, "one.txt", "+12025550100");

        (await server.AskAsync("list", "import", one, "--list", "x")).With(exit: 2).Complains("--as-of");
        (await server.AskAsync("list", "import", one + "x", "--list", "x", "--as-of", AsOf)).With(exit: 2);
        (await server.AskAsync("list", "import", empty, "--list", "x", "--as-of", AsOf)).With(exit: 5)
            .Complains("LIST_EMPTY");
        (await server.AskAsync("list", "import", one, "--list", "x", "--as-of", AsOf, "--add")).With(exit: 5)
            .Complains("LIST_UNKNOWN");
        (await server.AskAsync("list", "import", one, "--list", "x y", "--as-of", AsOf)).With(exit: 5)
            .Complains("ID_MALFORMED");
    }

    [Fact]
    public async Task A_pipe_is_refused_as_it_could_not_be_read_again_after_a_break()
    {
        using AnonymousPipeServerStream pipe = new();
        string end = $"/proc/{Environment.ProcessId}/fd/{pipe.GetClientHandleAsString()}";

        (await server.AskAsync("list", "import", end, "--list", "x", "--as-of", AsOf)).With(exit: 2)
            .Complains("is a pipe");
    }

    [Fact]
    public async Task An_import_survives_a_server_that_is_killed_in_the_middle_and_counts_every_line_once()
    {
        await using LiveServer victim = await LiveServer.StartAsync();
        using TemporaryFolder folder = new();
        const int Lines = 600_000;
        string file = await WriteAsync(
            folder, "large.txt", string.Join('\n', Enumerable.Range(0, Lines).Select(static i => $"+1202{i:D7}")));
        using RunningCommand import = RunningCommand.Start([
            "list", "import", file, "--list", "large", "--as-of", AsOf, "--import-id", "i", "--json", "--server",
            victim.Address]);

        await UntilSomeAreKeptAsync(victim);
        await victim.KillAsync();
        await victim.RestartAsync();

        Ended ended = await import.EndAsync();
        ImportSuppressionsResponse answer = ImportSuppressionsResponse.Parser.ParseJson(ended.With(exit: 0).Output);
        Assert.Equal((Lines, Lines, Lines), (answer.Import.Lines, answer.Import.Addresses, answer.List.Entries));
    }

    private static async Task UntilSomeAreKeptAsync(LiveServer server)
    {
        using ThrottleClient client = new(new Uri($"http://{server.Address}"));
        GetSuppressionImportRequest request = new() { List = "large", ImportId = "i" };
        long kept;
        do
        {
            kept = (await client.Consent.GetSuppressionImportAsync(request, cancellationToken: Cancellation))
                .Import.Lines;
        }
        while (kept == 0);
    }

    private static async Task<string> WriteAsync(TemporaryFolder folder, string name, string text)
    {
        string path = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }
}
