using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person unmerge</c></summary>
internal sealed class UndoMergeCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<Timestamp?> at = Moments.At();

    public UndoMergeCommand()
        : base("unmerge", "They are two after all: part again whoever was joined, within 30 days.")
    {
        Add(person);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        UndoMergeRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person), At = with.Parsed.GetValue(at),
        };
        UndoMergeResponse answer = await with.Client.People.UndoMergeAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line($"On their own again.");
        PersonView.Show(Screen.Out, answer.Person);
        NameView.Show(Screen.Out, answer.Names, await with.TimesAsync(request.PersonId, cancellation));

        return ExitCode.Done;
    }
}
