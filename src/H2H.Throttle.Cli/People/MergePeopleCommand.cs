using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person merge</c></summary>
internal sealed class MergePeopleCommand : AskingCommand
{
    private readonly Argument<string> source = new("source") { Description = "Who is joined: an id or an address." };
    private readonly Argument<string> target = new("target") { Description = "Who they are: an id or an address." };
    private readonly Option<Timestamp?> at = Moments.At();

    public MergePeopleCommand()
        : base("merge", "Two people are one: join the first into the second.")
    {
        Add(source);
        Add(target);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        MergePeopleRequest request = new()
        {
            SourcePersonId = with.Parsed.GetRequiredValue(source),
            TargetPersonId = with.Parsed.GetRequiredValue(target),
            At = with.Parsed.GetValue(at),
        };
        MergePeopleResponse answer = await with.Client.People.MergePeopleAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(request.TargetPersonId, cancellation);
        Screen.Out.Line($"Joined. h2h person unmerge takes it back until {times.Write(answer.UndoableUntil)}.");
        PersonView.Show(Screen.Out, answer.Person);
        NameView.Show(Screen.Out, answer.Names, times);

        return ExitCode.Done;
    }
}
