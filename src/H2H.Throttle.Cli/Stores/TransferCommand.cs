using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Cli.Stores;

/// <summary>A command that moves what servers keep, and asks none.</summary>
internal abstract class TransferCommand : Command
{
    protected TransferCommand(string name, string description)
        : base(name, description) => SetAction(RunAsync);

    /// <summary>What to do when it was interrupted.</summary>
    protected virtual string AfterInterruption =>
        "Interrupted. Start the same command again: what is written already is not written twice.";

    protected static Option<bool> Overwrite() => new("--overwrite")
    {
        Description = "Write over what the store to write to holds. Its journal must be the same as far as it goes.",
    };

    /// <returns>What to end with, see <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> TransferAsync(ParseResult parsed, CancellationToken cancellation);

    /// <summary>Copies everything, then compares everything, and says what it did.</summary>
    protected static async Task<int> CopyAsync(
        IContent from, StorePorts to, bool overwrite, CancellationToken cancellation)
    {
        Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        TransferTally copied = new();
        long count = await from.CountAsync(cancellation);
        await TransferProgress.WatchAsync(
            "copied", copied, count, Transfer.IntoAsync(from, to, overwrite, now, copied, cancellation));

        TransferTally compared = new();
        Task<ImmutableArray<string>> comparing = Verification.CompareAsync(from, to, now, compared, cancellation);
        await TransferProgress.WatchAsync("compared", compared, copied.Records + copied.Entries, comparing);
        ImmutableArray<string> faults = await comparing;
        foreach (string fault in faults)
        {
            Screen.Error.Line($"[red]{fault}[/]");
        }

        if (!faults.IsEmpty)
        {
            Screen.Error.Line($"The copy is not exact. Stop the servers that use either store, and repeat it.");
            return ExitCode.Failed;
        }

        Screen.Out.Line(
            $"{copied.Records} records and {copied.Entries} entries of the journal, compared one by one: the same.");
        return ExitCode.Done;
    }

    /// <summary>What no copy holds.</summary>
    protected static void SayKey() => Screen.Out.Line(
        $"[dim]The identity key is not in it: keep the *.key file of the servers, without which nobody is found.[/]");

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            return await TransferAsync(parsed, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Screen.Error.Line($"{AfterInterruption}");
            return ExitCode.Interrupted;
        }
        catch (UnusableException error)
        {
            Complaint.Show(error);
            return ExitCode.Usage;
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
}
