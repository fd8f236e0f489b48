using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h record</c></summary>
internal sealed class RecordCommand : AskingCommand
{
    private readonly ContactOptions contact = new();
    private readonly Option<Timestamp?> madeAt = Moments.Option("--made-at", "When it was made; otherwise now.");
    private readonly Option<string> outcome = Outcomes.Option();
    private readonly Option<string[]> discussed = Discussions.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public RecordCommand()
        : base("record", "A contact was made, or came in, without a reservation. Never denied.")
    {
        contact.AddTo(this);
        Add(madeAt);
        Add(outcome);
        Add(discussed);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        RecordRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            Contact = contact.Read(with.Parsed),
            MadeAt = with.Parsed.GetValue(madeAt),
            Outcome = with.Parsed.GetRequiredValue(outcome),
            Discussed = { with.Parsed.GetValue(discussed) ?? [] },
            At = with.Parsed.GetValue(at),
        };
        RecordResponse answer = await with.Client.Throttle.RecordAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(request.Contact.PersonId, cancellation);
        ContactView.Show(Screen.Out, "recorded", answer.Contact, times);
        ReasonView.ShowOvershoot(Screen.Out, answer.Overshoot, times);
        return ExitCode.Done;
    }
}
