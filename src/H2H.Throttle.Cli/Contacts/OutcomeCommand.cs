using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h outcome</c></summary>
internal sealed class OutcomeCommand : AskingCommand
{
    private readonly Argument<string> contact = new("contact")
    {
        Description = "As `h2h record` or `h2h reserve` names it.",
    };

    private readonly Argument<string> outcome = new("outcome")
    {
        Description = "delivered, bounced, no_answer, busy, voicemail, conversation, refused, complained, converted, …",
    };

    private readonly Option<Timestamp?> outcomeAt = Moments.Option(
        "--outcome-at", "When it happened or became known; otherwise now.");

    private readonly Option<string[]> discussed = Discussions.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public OutcomeCommand()
        : base("outcome", "Tell or correct what became of a contact.")
    {
        Add(contact);
        Add(outcome);
        Add(outcomeAt);
        Add(discussed);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ReportOutcomeRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            ContactId = with.Parsed.GetRequiredValue(contact),
            Outcome = new Outcome
            {
                Name = with.Parsed.GetRequiredValue(outcome), At = with.Parsed.GetValue(outcomeAt),
            },
            Discussed = { with.Parsed.GetValue(discussed) ?? [] },
            At = with.Parsed.GetValue(at),
        };
        ReportOutcomeResponse answer = await with.Client.Throttle.ReportOutcomeAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            ContactView.Show(Screen.Out, "noted", answer.Contact, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
