using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h confirm</c></summary>
internal sealed class ConfirmCommand : AskingCommand
{
    private readonly Argument<string> reservation = new("reservation") { Description = "As `h2h reserve` names it." };
    private readonly Option<Timestamp?> madeAt = Moments.Option(
        "--made-at", "When it was made; otherwise when it was reserved for.");

    private readonly Option<string> outcome = Outcomes.Option();
    private readonly Option<string[]> discussed = Discussions.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public ConfirmCommand()
        : base("confirm", "The reserved contact was made.")
    {
        Add(reservation);
        Add(madeAt);
        Add(outcome);
        Add(discussed);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ConfirmRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            ReservationId = with.Parsed.GetRequiredValue(reservation),
            MadeAt = with.Parsed.GetValue(madeAt),
            Outcome = with.Parsed.GetRequiredValue(outcome),
            Discussed = { with.Parsed.GetValue(discussed) ?? [] },
            At = with.Parsed.GetValue(at),
        };
        ConfirmResponse answer = await with.Client.Throttle.ConfirmAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        ContactView.Show(Screen.Out, "confirmed", answer.Contact, times);
        if (answer.Revoked)
        {
            Screen.Out.Line(
                $"  [red]It was revoked, as a no had come: if you have not yet made the contact, do not.[/]");
        }

        if (answer.Late)
        {
            Screen.Out.Line($"  [yellow]It was confirmed after it had expired.[/]");
        }

        ReasonView.ShowOvershoot(Screen.Out, answer.Overshoot, times);
        return ExitCode.Done;
    }
}
