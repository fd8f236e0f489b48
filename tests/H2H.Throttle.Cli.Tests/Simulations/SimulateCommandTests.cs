using System.Text.Json;
using System.Xml.Linq;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Simulations;

/// <summary><c>h2h policy simulate</c>, on a server, on its store and backup, and on histories.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private const string Strict = """
        policy: strict
        channels: [email, phone]
        purposes: { marketing: {} }
        rules:
          - { name: once, cap: 1, in: lifetime }
        """;

    private const string Lines = """
        {"person":"ada","zone":"Europe/Rome","country":"IT","pools":{"household":"elm"}}
        {"person":"ada","at":"2026-03-02T09:00:00Z","channel":"email","purpose":"marketing","brand":"north"}
        {"person":"ada","at":"2026-03-03T09:00:00Z","channel":"email","purpose":"marketing","outcome":"delivered"}
        {"person":"ada","at":"2026-03-04T09:00:00Z","event":"purchase"}

        {"person":"bob","at":"2026-03-02T09:00:00Z","channel":"phone","purpose":"marketing","refused":true}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Server_store_and_backup_tell_the_same()
    {
        string strict = folder.Write("strict.yaml", Strict);
        string database = Path.Combine(folder.Path, "live.db");
        string backup = Path.Combine(folder.Path, "all.backup");
        string online;
        await using (LiveServer server = await LiveServer.StartAsync(true, $"--Sqlite:Path={database}"))
        {
            foreach (string at in (string[])["2026-03-02T12:00:00Z", "2026-03-09T12:00:00Z"])
            {
                (await server.AskAsync(
                    "reserve", "ada", "--channel", "email", "--purpose", "marketing", "--at", at)).With(exit: 0);
            }

            online = (await server.AskAsync("policy", "simulate", strict, "--json")).With(exit: 0).Output;
        }

        Ended offline = await CommandLine.RunAsync(
            "policy", "simulate", strict, "--store", $"sqlite:{database}", "--json");
        await CommandLine.RunAsync("backup", backup, "--store", $"sqlite:{database}");
        Ended archived = await CommandLine.RunAsync("policy", "simulate", strict, "--backup", backup, "--json");
        string lines = Path.Combine(folder.Path, "lines.jsonl");
        Ended written = await CommandLine.RunAsync("store", "history", lines, "--backup", backup);
        Ended told = await CommandLine.RunAsync("policy", "simulate", strict, "--history", lines, "--json");

        Assert.Equal(online, offline.With(exit: 0).Output);
        Assert.Equal(online, archived.With(exit: 0).Output);
        written.With(exit: 0).StartsSaying("2 lines of 1 people are in ");
        JsonElement report = JsonDocument.Parse(online).RootElement;
        JsonElement ofLines = JsonDocument.Parse(told.With(exit: 0).Output).RootElement;
        foreach (JsonElement one in (JsonElement[])[report, ofLines])
        {
            Assert.Equal(2, one.GetProperty("contacts").GetInt32());
            Assert.Equal(1, one.GetProperty("refused").GetInt32());
        }

        Assert.Contains("version 1, which is in force", report.GetProperty("baseline").GetString());
    }

    [Fact]
    public async Task A_history_is_drawn_for_a_terminal_as_a_picture_and_as_a_page()
    {
        string svg = Path.Combine(folder.Path, "picture.svg");
        string html = Path.Combine(folder.Path, "page.html");

        Ended shown = await CommandLine.RunAsync(
            "policy", "simulate", folder.Write("strict.yaml", Strict), "--history", folder.Write("h.jsonl", Lines),
            "--svg", svg, "--html", html);

        shown.With(exit: 0).StartsSaying("What strict would have done, 2 Mar 2026 – 3 Mar 2026\n");
        shown.Says("held against  what happened");
        shown.Says("newly allowed            1  would have been refused");
        Assert.Contains(shown.Lines, static line => line.StartsWith("  once ", StringComparison.Ordinal));
        XNamespace picture = "http://www.w3.org/2000/svg";
        Assert.Equal(picture + "svg", XDocument.Load(svg).Root!.Name);
        string page = await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("href", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.Contains("What the numbers leave open", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_from_a_history_do_no_harm_in_a_page()
    {
        string html = Path.Combine(folder.Path, "page.html");
        string line = """
            {"person":"a","at":"2026-03-02T09:00:00Z","channel":"email","purpose":"marketing","brand":"<script>&[red]"}
            """;

        Ended shown = await CommandLine.RunAsync(
            "policy", "simulate", folder.Write("strict.yaml", Strict), "--history", folder.Write("h.jsonl", line),
            "--html", html);

        shown.With(exit: 0).Says("<script>&[red]");
        string page = await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;&amp;[red]", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_simulated_from_the_file_that_replay_reads_and_held_against_another_policy()
    {
        string calls = folder.Write("calls.csv", """
            client,last_contact_date,attempts_this_campaign,last_call_seconds,subscribed
            1,2008-05-05,3,100,no
            2,2008-05-05,1,0,no
            """);
        string two = folder.Write("two.yaml", Strict.Replace("cap: 1", "cap: 2", StringComparison.Ordinal));

        Ended shown = await CommandLine.RunAsync(
            "policy", "simulate", folder.Write("strict.yaml", Strict), "--history", calls, "--against", two, "--json");

        JsonElement report = JsonDocument.Parse(shown.With(exit: 0).Output).RootElement;
        Assert.Equal(4, report.GetProperty("contacts").GetInt32());
        Assert.Equal(2, report.GetProperty("refused").GetInt32());
        Assert.Equal(1, report.GetProperty("newlyRefused").GetInt32());
    }

    [Theory]
    [InlineData("""{"person":"a","at":"2026-03-02T09:00:00","channel":"email","purpose":"m"}""", "at is no instant")]
    [InlineData("""{"person":"a","at":"2026-03-02T09:00:00Z","chanel":"email"}""", "no key 'chanel'")]
    [InlineData("""{"person":"a","at":"2026-03-02T09:00:00Z","channel":"email"}""", "purpose is missing")]
    [InlineData("""{"at":"2026-03-02T09:00:00Z"}""", "person is missing")]
    [InlineData("""{"person":"a","zone":"Mars/Olympus"}""", "no IANA time zone")]
    [InlineData("""["a"]""", "one JSON object")]
    [InlineData("""{"person":""", "")]
    public async Task A_line_that_makes_no_sense_is_named(string line, string complaint)
    {
        string history = folder.Write("h.jsonl", $"\n{line}\n");

        Ended ended = await CommandLine.RunAsync(
            "policy", "simulate", folder.Write("strict.yaml", Strict), "--history", history);

        ended.With(exit: 2).Complains($"{history}:2: ");
        ended.Complains(complaint);
    }

    [Fact]
    public async Task A_candidate_with_mistakes_two_sources_and_a_sample_of_nobody_are_refused()
    {
        string bad = folder.Write("bad.yaml", Strict.Replace("cap: 1", "cap: 0", StringComparison.Ordinal));
        string history = folder.Write("h.jsonl", Lines);

        Ended mistaken = await CommandLine.RunAsync("policy", "simulate", bad, "--history", history);
        Ended twice = await CommandLine.RunAsync(
            "policy", "simulate", bad, "--history", history, "--store", "sqlite:none.db");
        Ended nobody = await CommandLine.RunAsync("policy", "simulate", bad, "--history", history, "--sample", "0%");
        Ended missing = await CommandLine.RunAsync(
            "policy", "simulate", folder.Write("strict.yaml", Strict), "--store", "sqlite:none.db");

        mistaken.With(exit: 1).Complains($"{bad}:5:");
        twice.With(exit: 2).Complains("Give one of --store, --backup and --history.");
        nobody.With(exit: 2).Complains("'0%' is no share of people.");
        missing.With(exit: 2).Complains("There is no store");
    }
}
