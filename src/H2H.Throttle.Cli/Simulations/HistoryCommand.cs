using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Cli.Stores;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Simulations;
using NodaTime;

namespace H2H.Throttle.Cli.Simulations;

/// <summary><c>h2h store history</c>: the ledgers of a store as lines that a simulation reads.</summary>
internal sealed class HistoryCommand : Command
{
    private readonly Argument<string> file = new("file") { Description = "The file of JSON lines to write." };
    private readonly Option<string> store = Locations.Option();
    private readonly Option<string?> backup = new("--backup")
    {
        Description = "Read a backup instead of a store.", HelpName = "file",
    };

    public HistoryCommand()
        : base("history", "Write the contacts and events of everybody as JSON lines, for `h2h policy simulate "
            + "--history`. People are called by the hashes of their ids; what they said is not in it.")
    {
        Add(file);
        Add(store);
        Add(backup);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(parsed, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
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

    private async Task<int> WriteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetRequiredValue(file);
        if (parsed.GetValue(backup) is { } archive)
        {
            Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
            BackupFile archived = await BackupFile.OpenAsync(archive, cancellation);
            return await WriteAsync(new ArchivedPast(archived, now), path, cancellation);
        }

        await using OpenedStore source = await StoreLocation.OpenAsync(parsed.GetRequiredValue(store), isSource: true);
        return await WriteAsync(new StoredPast(source.Ports.Records), path, cancellation);
    }

    private static async Task<int> WriteAsync(IPastSource source, string path, CancellationToken cancellation)
    {
        long people = 0;
        long lines = 0;
        try
        {
            await using StreamWriter writer = new(path);
            await foreach (PastPerson person in PastPeople.ReadAsync(source, cancellation))
            {
                foreach (string line in HistoryText.Of(person.Key, person.Read()))
                {
                    await writer.WriteLineAsync(line.AsMemory(), cancellation);
                    lines++;
                }

                people++;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be written: {error.Message}", error);
        }

        Screen.Out.Line($"{lines} lines of {people} people are in {path}.");
        return ExitCode.Done;
    }
}
