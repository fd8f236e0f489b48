using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person export</c></summary>
internal sealed class ExportPersonCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<Timestamp?> at = Moments.At();

    public ExportPersonCommand()
        : base("export", "All that is kept of a person, as JSON for them to read.")
    {
        Add(person);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ExportPersonRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person), At = with.Parsed.GetValue(at),
        };
        ExportPersonResponse answer = await with.Client.People.ExportPersonAsync(request, with.Call(cancellation));

        Screen.Out.Print($"{answer.Json}\n");

        return ExitCode.Done;
    }
}
