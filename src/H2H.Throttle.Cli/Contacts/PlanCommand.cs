using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Contacts;

/// <summary><c>h2h plan</c></summary>
internal sealed class PlanCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<Contact[]> contacts = ContactTexts.Option();
    private readonly Option<Timestamp?> from = Moments.Option("--from", "Where to start; otherwise now.");
    private readonly Option<Timestamp?> until = Moments.Option("--until", "Where to stop; otherwise 7 days later.");
    private readonly Option<Timestamp?> at = Moments.At();

    public PlanCommand()
        : base("plan", "When could several contacts be made? As many as fit, the most important early. Reserves none.")
    {
        Add(person);
        Add(contacts);
        Add(from);
        Add(until);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        PlanContactsRequest request = new()
        {
            From = with.Parsed.GetValue(from), Until = with.Parsed.GetValue(until), At = with.Parsed.GetValue(at),
        };
        string personId = with.Parsed.GetRequiredValue(person);
        foreach (Contact contact in with.Parsed.GetRequiredValue(contacts))
        {
            contact.PersonId = personId;
            request.Contacts.Add(contact);
        }

        PlanContactsResponse answer = await with.Client.Throttle.PlanContactsAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Show(request, answer, await with.TimesAsync(personId, cancellation));
        }

        return answer.Contacts.All(static planned => planned.PlannedAt is not null) ? ExitCode.Done : ExitCode.Denied;
    }

    private static void Show(PlanContactsRequest request, PlanContactsResponse answer, TimeText times)
    {
        foreach (PlannedContact planned in answer.Contacts)
        {
            Contact contact = request.Contacts[planned.Index];
            string what = Words.Join(
                contact.Channel, contact.Purpose, contact.Brand, contact.Campaign, contact.Topic);
            string priority = contact.Priority.ToString(CultureInfo.InvariantCulture);
            if (planned.PlannedAt is { } when)
            {
                Screen.Out.Line($"[green]{times.BriefStart(when)}[/]  {what}  [dim]priority {priority}[/]");
            }
            else
            {
                Screen.Out.Line($"[red]does not fit[/]  {what}  [dim]priority {priority}[/]");
                ShowWhy(planned.Decision, times);
            }
        }

        if (answer.CutShort)
        {
            Screen.Out.Line($"[yellow]Not all ways to place them were tried: there may be a better plan.[/]");
        }

        Screen.Out.Line(
            $"[dim]Nothing is reserved: reserve them in this order. Times are those of {times.ZoneName}.[/]");
    }

    private static void ShowWhy(Decision decision, TimeText times)
    {
        foreach (Reason reason in decision.Reasons)
        {
            Screen.Out.Line($"  {reason.Rule}: {reason.Message}");
        }

        if (decision.NextAllowedAt is { } next)
        {
            Screen.Out.Line($"  [dim]It would fit from {times.WriteStart(next)} on.[/]");
        }
    }
}
