using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h release</c></summary>
internal sealed class ReleaseCommand : AskingCommand
{
    private readonly Argument<string> reservation = new("reservation") { Description = "As `h2h reserve` names it." };
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public ReleaseCommand()
        : base("release", "The reserved contact will not be made: give its slot back.")
    {
        Add(reservation);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ReleaseRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            ReservationId = with.Parsed.GetRequiredValue(reservation),
            At = with.Parsed.GetValue(at),
        };
        ReleaseResponse answer = await with.Client.Throttle.ReleaseAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            ContactView.Show(Screen.Out, "released", answer.Contact, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
