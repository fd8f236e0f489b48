using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h slots</c></summary>
internal sealed class SlotsCommand : AskingCommand
{
    private readonly ContactOptions contact = new();
    private readonly Option<Timestamp?> from = Moments.Option("--from", "Where to start looking; otherwise now.");
    private readonly Option<Timestamp?> until = Moments.Option("--until", "Where to stop; otherwise 7 days later.");
    private readonly Option<int?> max = new("--max")
    {
        Description = "The most intervals wanted, 1 to 100. Default 10.", HelpName = "number",
    };

    private readonly Option<Timestamp?> at = Moments.At();

    public SlotsCommand()
        : base("slots", "When could this contact be made?")
    {
        contact.AddTo(this);
        Add(from);
        Add(until);
        Add(max);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        FindSlotsRequest request = new()
        {
            Contact = contact.Read(with.Parsed),
            From = with.Parsed.GetValue(from),
            Until = with.Parsed.GetValue(until),
            At = with.Parsed.GetValue(at),
        };
        if (with.Parsed.GetValue(max) is { } slotsMax)
        {
            request.MaxSlots = slotsMax;
        }

        FindSlotsResponse answer = await with.Client.Throttle.FindSlotsAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Show(answer, await with.TimesAsync(request.Contact.PersonId, cancellation));
        }

        return answer.Slots.Count > 0 ? ExitCode.Done : ExitCode.Denied;
    }

    private static void Show(FindSlotsResponse answer, TimeText times)
    {
        if (answer.Slots.Count == 0)
        {
            Screen.Out.Line($"[red]No slot[/] in the time that was looked at. At its start:");
            DecisionView.Show(Screen.Out, answer.Decision, times);
            return;
        }

        foreach (Slot slot in answer.Slots)
        {
            string length = TimeText.Length(Moments.Read(slot.End) - Moments.Read(slot.Start));
            Screen.Out.Line(
                $"[green]{times.Brief(slot.Start)}[/] to [green]{times.Brief(slot.End)}[/]  [dim]{length}[/]");
        }

        string more = answer.More ? " There are more: use --max." : "";
        Screen.Out.Line($"[dim]Times are those of {times.ZoneName}.{more}[/]");
    }
}
