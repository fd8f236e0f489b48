using System.CommandLine;
using H2H.Throttle.Cli.Options;
using NodaTime;

namespace H2H.Throttle.Cli.Asking;

/// <summary>Where to ask, for how long, and how to show the answer.</summary>
internal sealed class ServerOptions
{
    private const string Variable = "H2H_SERVER";
    private const string Default = "http://127.0.0.1:7001";

    private readonly Option<Uri> server = new("--server")
    {
        Description = $"Where the server's gRPC port is; otherwise what {Variable} says.",
        HelpName = "url",
        CustomParser = static result => AddressText.Read(result.Tokens[0].Value, result.AddError),
        DefaultValueFactory = static result =>
            AddressText.Read(
                Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } url ? url : Default,
                error => result.AddError($"{Variable}: {error}"))!,
    };

    private readonly Option<Duration?> timeout = Spans.Option(
        "--timeout", "How long to wait for the answer. Default 10s.");

    private readonly Option<bool> json = new("--json")
    {
        Description = "Print the answer as the JSON of its protobuf message, on one line.",
    };

    private readonly Option<DateTimeZone?> timesIn = Zones.Option(
        "--times-in", "The IANA zone to show times in; otherwise the person's, then this terminal's.");

    private readonly CredentialOptions credentials = new();

    public void AddTo(Command command)
    {
        command.Add(server);
        credentials.AddTo(command);
        command.Add(timeout);
        command.Add(json);
        command.Add(timesIn);
    }

    /// <exception cref="UnusableException">A file with credentials cannot be read.</exception>
    public Conversation Begin(ParseResult parsed) => new(
        parsed,
        parsed.GetRequiredValue(server),
        credentials.Read(parsed),
        (parsed.GetValue(timeout) ?? Duration.FromSeconds(10)).ToTimeSpan(),
        parsed.GetValue(json),
        parsed.GetValue(timesIn));
}
