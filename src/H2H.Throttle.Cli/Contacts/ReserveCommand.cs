using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h reserve</c></summary>
internal sealed class ReserveCommand : AskingCommand
{
    private readonly ContactOptions contact = new();
    private readonly Option<Duration?> timeToLive = Spans.Option(
        "--ttl", "How long after its instant the contact may be confirmed or released, 1s to 7d. Default 15m.");

    private readonly Option<string> overrideReason = Overrides.Option();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public ReserveCommand()
        : base("reserve", "Take a slot for this contact if it is allowed; it counts at once.")
    {
        contact.AddTo(this);
        Add(timeToLive);
        Add(overrideReason);
        Add(requestId);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ReserveRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            Contact = contact.Read(with.Parsed),
            TimeToLive = with.Parsed.GetValue(timeToLive) is { } span
                ? Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(span.ToTimeSpan())
                : null,
            OverrideReason = with.Parsed.GetRequiredValue(overrideReason),
            At = with.Parsed.GetValue(at),
        };
        ReserveResponse answer = await with.Client.Throttle.ReserveAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Show(answer, await with.TimesAsync(request.Contact.PersonId, cancellation));
        }

        return ExitCode.Of(answer.Decision.Verdict);
    }

    private static void Show(ReserveResponse answer, TimeText times)
    {
        DecisionView.Show(Screen.Out, answer.Decision, times);
        if (answer.Reservation is { } reservation)
        {
            Screen.Out.Line($"  reservation   {reservation.ReservationId}");
            Screen.Out.Line($"  confirm by    {times.Write(reservation.ExpiresAt)}");
            Screen.Out.Line($"  [dim]then: h2h confirm {reservation.ReservationId}, or h2h release …[/]");
        }
    }
}
