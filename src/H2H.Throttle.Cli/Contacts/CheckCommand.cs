using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h check</c></summary>
internal sealed class CheckCommand : AskingCommand
{
    private readonly ContactOptions contact = new();
    private readonly Option<string> overrideReason = Overrides.Option();
    private readonly Option<Timestamp?> at = Moments.At();

    public CheckCommand()
        : base("check", "May this person be contacted? Changes nothing.")
    {
        contact.AddTo(this);
        Add(overrideReason);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        CheckRequest request = new()
        {
            Contact = contact.Read(with.Parsed),
            OverrideReason = with.Parsed.GetRequiredValue(overrideReason),
            At = with.Parsed.GetValue(at),
        };
        CheckResponse answer = await with.Client.Throttle.CheckAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            DecisionView.Show(
                Screen.Out, answer.Decision, await with.TimesAsync(request.Contact.PersonId, cancellation));
        }

        return ExitCode.Of(answer.Decision.Verdict);
    }
}
