using System.CommandLine;
using System.Globalization;
using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Cli.Stores;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Journals;

/// <summary><c>h2h journal verify</c></summary>
internal sealed class VerifyJournalCommand : AskingCommand
{
    private readonly Option<JournalMark?> head = new("--head")
    {
        Description =
            "An entry that was written down elsewhere, as an earlier verify printed it: shows whether anything up to "
            + "it was cut off, or changed and hashed anew.",
        HelpName = "hash@position",
        CustomParser = static result =>
        {
            if (!JournalMark.TryParse(result.Tokens[0].Value, out JournalMark? mark))
            {
                result.AddError(
                    $"'{result.Tokens[0].Value}' is no head. Write it as verify prints it: 64 hexadecimal digits, @, "
                    + "and the position.");
            }

            return mark;
        },
    };

    private readonly Option<string?> store = new("--store")
    {
        Description = $"A store, without a server: {StoreLocation.Words}.", HelpName = "store",
    };

    private readonly Option<string?> backup = new("--backup")
    {
        Description = "A file that backup has written, without a server.", HelpName = "file",
    };

    public VerifyJournalCommand()
        : base(
            "verify",
            "Follow the hash chain from the first entry to the last, and say which entry was changed, removed, put in "
            + "or moved. Asks the server, or reads a store or a backup. Entries cut off at the end show with --head "
            + "alone.")
    {
        Add(head);
        Add(store);
        Add(backup);
        Validators.Add(result =>
        {
            if (result.GetResult(store) is not null && result.GetResult(backup) is not null)
            {
                result.AddError("Give --store or --backup, not both.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        JournalMark? written = with.Parsed.GetValue(head);
        try
        {
            if (with.Parsed.GetValue(store) is { } location)
            {
                await using OpenedStore opened = await StoreLocation.OpenAsync(location, isSource: true);
                return await VerifyAsync(with, opened.Ports, written, cancellation);
            }

            return with.Parsed.GetValue(backup) is { } path
                ? await VerifyAsync(with, await BackupFile.OpenAsync(path, cancellation), written, cancellation)
                : await ShowAsync(with, AskServerAsync(with, written, cancellation), written is not null);
        }
        catch (TransferException error)
        {
            Screen.Error.Line($"[red]{error.Message}[/]");
            return ExitCode.Refused;
        }
        catch (StoreException error)
        {
            Screen.Error.Line($"[red]{error.Message}[/]");
            return ExitCode.Unreachable;
        }
    }

    private static Task<int> VerifyAsync(
        Conversation with, IContent content, JournalMark? written, CancellationToken cancellation) => ShowAsync(
        with,
        ChainVerification.RunAsync(
            content.ReadJournalAsync(cancellation), written, _ => ValueTask.FromResult(0L), cancellation)
            .Select(Write),
        written is not null);

    private static async IAsyncEnumerable<VerifyJournalResponse> AskServerAsync(
        Conversation with,
        JournalMark? written,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        VerifyJournalRequest request = new()
        {
            HeadPosition = written?.Position ?? 0, HeadHash = written?.HashText ?? "",
        };
        using AsyncServerStreamingCall<VerifyJournalResponse> call =
            with.Client.Journal.VerifyJournal(request, cancellationToken: cancellation);
        await foreach (VerifyJournalResponse progress in call.ResponseStream.ReadAllAsync(cancellation))
        {
            yield return progress;
        }
    }

    private static VerifyJournalResponse Write(ChainProgress progress)
    {
        VerifyJournalResponse written = new()
        {
            Entries = progress.Entries,
            Total = progress.Of,
            Done = progress.IsDone,
            HeadPosition = progress.Head?.Position ?? 0,
            HeadHash = progress.Head?.HashText ?? "",
        };
        written.Breaks.AddRange(progress.Faults.Select(static fault => new JournalBreak
        {
            Kind = Enum.Parse<JournalBreakKind>(fault.Kind.ToString()),
            Position = fault.Position,
            LastPosition = fault.Last,
            Message = fault.ToString(),
        }));
        return written;
    }

    private static async Task<int> ShowAsync(
        Conversation with, IAsyncEnumerable<VerifyJournalResponse> progress, bool isCompared)
    {
        VerifyJournalResponse last = new();
        await foreach (VerifyJournalResponse step in progress)
        {
            last = step;
            if (Screen.Error.IsLive && !with.IsJson)
            {
                Screen.Error.Print($"\r{Count(step.Entries)} of about {Count(step.Total)} entries ");
            }
        }

        if (Screen.Error.IsLive && !with.IsJson)
        {
            Screen.Error.Print("\r");
        }

        if (with.IsJson)
        {
            Conversation.PrintJson(last);
        }
        else
        {
            Show(last, isCompared);
        }

        return last.Breaks.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(VerifyJournalResponse verified, bool isCompared)
    {
        foreach (JournalBreak broken in verified.Breaks)
        {
            Screen.Out.Line($"[red]{broken.Message}[/]");
        }

        if (verified.Breaks.Count > 0)
        {
            Screen.Out.Line($"[red]The journal is broken.[/] {Count(verified.Entries)} entries were followed.");
            return;
        }

        string compared = isCompared ? " and it holds the one that was written down" : "";
        Screen.Out.Line($"[green]The journal is whole[/]{compared}: {Count(verified.Entries)} entries.");
        if (verified.Entries > 0)
        {
            Screen.Out.Line($"Write this down elsewhere; without it nobody sees what is cut off at the end:");
            Screen.Out.Line($"  --head {verified.HeadHash}@{verified.HeadPosition}");
        }
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
