using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Journals;

/// <summary><c>h2h journal list</c></summary>
internal sealed class ListJournalCommand : AskingCommand
{
    private readonly JournalFilterOptions filter = new();
    private readonly PageOptions page = new();
    private readonly Option<bool> oldestFirst = new("--oldest-first")
    {
        Description = "Otherwise the newest come first.",
    };

    public ListJournalCommand()
        : base("list", "What happened: opt-outs, consents, policies, lists, keys, …; who, when, through what.")
    {
        filter.AddTo(this);
        page.AddTo(this);
        Add(oldestFirst);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ListEntriesRequest request = new()
        {
            Filter = filter.Read(with.Parsed),
            Order = with.Parsed.GetValue(oldestFirst) ? JournalOrder.OldestFirst : JournalOrder.Unspecified,
            PageSize = page.Size(with.Parsed),
            PageToken = page.Token(with.Parsed),
        };
        ListEntriesResponse answer = await with.Client.Journal.ListEntriesAsync(request, with.Call(cancellation));
        while (!with.IsJson && answer.Entries.Count == 0 && answer.NextPageToken.Length > 0)
        {
            request.PageToken = answer.NextPageToken;   // a long stretch without one that is wanted
            answer = await with.Client.Journal.ListEntriesAsync(request, with.Call(cancellation));
        }

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Show(answer, await with.TimesAsync(null, cancellation));
        return ExitCode.Done;
    }

    private static void Show(ListEntriesResponse answer, TimeText times)
    {
        if (answer.Entries.Count == 0)
        {
            Screen.Out.Line($"No entries.");
            return;
        }

        foreach (JournalEntry entry in answer.Entries)
        {
            JournalView.Show(Screen.Out, entry, times);
        }

        Screen.Out.Line($"[dim]Times are those of {times.ZoneName}.[/]");
        if (answer.NextPageToken.Length > 0)
        {
            Screen.Out.Line($"[dim]There are more: --page-token {answer.NextPageToken}[/]");
        }
    }
}
