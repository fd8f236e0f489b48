using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h lift-hold</c></summary>
internal sealed class LiftHoldCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Argument<string> hold = new("hold") { Description = "Its name, as the policy's rules name it." };
    private readonly Option<string> reason = Texts.Option("--reason", "text", "Why. No personal data.");
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public LiftHoldCommand()
        : base("lift-hold", "Takes a hold away. What it revoked stays revoked.")
    {
        Add(person);
        Add(hold);
        Add(reason);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        LiftHoldRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            PersonId = with.Parsed.GetRequiredValue(person),
            Hold = with.Parsed.GetRequiredValue(hold),
            Reason = with.Parsed.GetRequiredValue(reason),
            At = with.Parsed.GetValue(at),
        };
        LiftHoldResponse answer = await with.Client.People.LiftHoldAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        PersonView.Show(Screen.Out, answer.Person);
        return ExitCode.Done;
    }
}
