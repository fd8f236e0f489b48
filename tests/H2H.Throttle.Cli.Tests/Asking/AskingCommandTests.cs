using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Asking;

public sealed class AskingCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly string[] Check = ["check", "ann", "--channel", "email", "--purpose", "marketing"];

    [Fact]
    public async Task Without_a_server_it_says_which_command_starts_one()
    {
        string nowhere = FreeAddress();

        Ended ended = await CommandLine.RunAsync([.. Check, "--server", nowhere]);

        ended.With(exit: 4);
        Assert.Equal(
            $"No server answers at http://{nowhere}/. Start one with `dotnet run --project src/H2H.Throttle.Server`, "
            + "or say where it is with --server or H2H_SERVER.\n",
            ended.Complaint);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task The_environment_may_say_where_the_server_is()
    {
        using RunningCommand command = RunningCommand.Start(
            Check, new Dictionary<string, string?> { ["H2H_SERVER"] = $"http://{server.Address}" });

        (await command.EndAsync()).With(exit: 0);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_waited_for_no_longer_than_asked()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();

        string address = silent.LocalEndpoint.ToString()!;
        Ended ended = await CommandLine.RunAsync([.. Check, "--server", address, "--timeout", "1s"]);

        ended.With(exit: 4);
        ended.Complains("gave no answer within 1 s");
    }

    [Fact]
    public async Task The_port_for_json_is_told_from_that_for_grpc()
    {
        Ended ended = await CommandLine.RunAsync([.. Check, "--server", server.HttpAddress]);

        ended.With(exit: 4);
        ended.Complains("is not H2H Throttle's gRPC port");
    }

    [Fact]
    public async Task Everything_wrong_with_a_request_is_told_with_reason_and_field()
    {
        Ended ended = await server.AskAsync("check", "ann", "--channel", "fax", "--purpose", "fun", "--weight", "-1");

        ended.With(exit: 5);
        ended.Complains("(CHANNEL_UNKNOWN, field contact.channel)");
        ended.Complains("(PURPOSE_UNKNOWN, field contact.purpose)");
        ended.Complains("(WEIGHT_OUT_OF_RANGE, field contact.weight)");
        ended.Complains("h2h policy get");
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task As_json_an_error_is_json_too()
    {
        Ended ended = await server.AskAsync("check", "ann", "--channel", "fax", "--purpose", "marketing", "--json");

        JsonNode error = JsonNode.Parse(ended.With(exit: 5).Complaint)!;
        Assert.Equal("CHANNEL_UNKNOWN", error["reason"]!.GetValue<string>());
        Assert.Equal("contact.channel", error["field"]!.GetValue<string>());
        Assert.Equal("InvalidArgument", error["code"]!.GetValue<string>());
        Assert.Single(error["violations"]!.AsArray());
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task A_time_far_from_the_servers_clock_is_refused_with_the_mend()
    {
        await using LiveServer strict = await LiveServer.StartAsync(trustsTime: false);

        Ended ended = await strict.AskAsync([.. Check, "--at", "2020-01-01T00:00Z"]);

        ended.With(exit: 5);
        ended.Complains("(TIME_OUT_OF_RANGE, field at)");
        ended.Complains("--Throttle:TrustRequestTime=true");
    }

    [Theory]
    [InlineData("'chek'", "chek", "ann")]
    [InlineData("Option '--channel' is required.", "check", "ann", "--purpose", "marketing")]
    [InlineData("'2026-03-02T09:00' is not an instant.", "contacts", "ann", "--at", "2026-03-02T09:00")]
    [InlineData("'15' is not a span of time.", "contacts", "ann", "--timeout", "15")]
    [InlineData("'Mars' is not a time zone.", "contacts", "ann", "--times-in", "Mars")]
    [InlineData("'ftp://x' is not a server's address.", "contacts", "ann", "--server", "ftp://x")]
    [InlineData("Give either --until or --wake.", "snooze", "ann")]
    [InlineData("Nothing is to change.", "person", "update", "ann")]
    [InlineData("'3 per day' is not a limit.", "person", "update", "ann", "--limit", "3 per day")]
    [InlineData("'color' is not of the form key=value.", "person", "update", "ann", "--attribute", "color")]
    [InlineData("'many' is not a limit.", "policy", "adjust-cap", "three-a-day", "many")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_says_why(
        string complaint, params string[] line)
    {
        Ended ended = await CommandLine.RunAsync(line);

        ended.With(exit: 2);
        ended.Complains(complaint);
        Assert.Empty(ended.Output);
    }

    [Fact]
    public async Task What_is_piped_has_neither_colours_nor_lines_cut()
    {
        (await server.AskAsync([.. Check[..1], "piped", .. Check[2..]])).With(exit: 0);
        string name = new('x', 120);

        (await server.AskAsync("opt-out", "piped", "--source", name)).With(exit: 0);
        Ended ended = await server.AskAsync("consent", "piped");

        Assert.Contains(ended.With(exit: 0).Lines, line => line.EndsWith($"({name})", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', ended.Output);
    }

    private static string FreeAddress()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}
