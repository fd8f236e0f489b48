using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h contacts</c></summary>
internal sealed class ContactsCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly PageOptions page = new();
    private readonly Option<bool> oldestFirst = new("--oldest-first")
    {
        Description = "Otherwise the newest come first.",
    };
    private readonly Option<Timestamp?> at = Moments.At();

    public ContactsCommand()
        : base("contacts", "\"Who contacted me?\": made, received, reserved, planned, released and revoked.")
    {
        Add(person);
        page.AddTo(this);
        Add(oldestFirst);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListContactsRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person),
            PageSize = page.Size(with.Parsed),
            PageToken = page.Token(with.Parsed),
            Order = with.Parsed.GetValue(oldestFirst) ? ContactOrder.OldestFirst : ContactOrder.Unspecified,
            At = with.Parsed.GetValue(at),
        };
        ListContactsResponse answer = await with.Client.People.ListContactsAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Show(answer, await with.TimesAsync(request.PersonId, cancellation));
        }

        return ExitCode.Done;
    }

    private static void Show(ListContactsResponse answer, TimeText times)
    {
        if (answer.Contacts.Count == 0)
        {
            Screen.Out.Line($"No contacts.");
            return;
        }

        foreach (LedgerContact contact in answer.Contacts)
        {
            ContactView.ShowBrief(Screen.Out, contact, times);
        }

        Screen.Out.Line($"[dim]Times are those of {times.ZoneName}.[/]");
        if (answer.NextPageToken.Length > 0)
        {
            Screen.Out.Line($"[dim]There are more: --page-token {answer.NextPageToken}[/]");
        }
    }
}
