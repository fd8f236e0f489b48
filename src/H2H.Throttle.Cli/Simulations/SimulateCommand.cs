using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Policies;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Simulations;

namespace H2H.Throttle.Cli.Simulations;

/// <summary><c>h2h policy simulate</c>: on a server's ledgers, or on a store or a file without one.</summary>
internal sealed class SimulateCommand : AskingCommand
{
    private readonly Argument<string> candidate = new("candidate")
    {
        Description = "The policy document to try; - is standard input.",
    };

    private readonly Option<string?> store = new("--store")
    {
        Description = $"Read a store instead of asking a server: {Stores.StoreLocation.Words}.", HelpName = "store",
    };

    private readonly Option<string?> backup = new("--backup")
    {
        Description = "Read a backup instead of asking a server.", HelpName = "file",
    };

    private readonly Option<string?> history = new("--history")
    {
        Description = "Read a history: JSON lines (.jsonl), or the CSV that `h2h replay` reads.", HelpName = "file",
    };

    private readonly Option<string?> against = new("--against")
    {
        Description = "Without a server: the policy document to hold it against; otherwise the one in force, or what "
            + "happened.",
        HelpName = "file",
    };

    private readonly Option<string> channel = new("--channel")
    {
        Description = "Of the calls in a CSV.", DefaultValueFactory = static _ => "phone",
    };

    private readonly Option<string> purpose = new("--purpose")
    {
        Description = "Of the calls in a CSV.", DefaultValueFactory = static _ => "marketing",
    };

    private readonly SimulationOptions options = new();

    public SimulateCommand()
        : base("simulate", "What would this policy have done to the contacts of the past? Changes nothing.")
    {
        Add(candidate);
        System.CommandLine.Option[] sources = [store, backup, history, against, channel, purpose];
        foreach (System.CommandLine.Option option in sources)
        {
            Add(option);
        }

        options.AddTo(this);
        Validators.Add(result =>
        {
            string?[] given = [result.GetValue(store), result.GetValue(backup), result.GetValue(history)];
            int count = given.Count(static one => one is not null);
            if (count > 1)
            {
                result.AddError("Give one of --store, --backup and --history.");
            }
            else if (count == 0 && result.GetValue(against) is not null)
            {
                result.AddError("A server holds it against the policy in force; --against wants --store, --backup or "
                    + "--history.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        string path = with.Parsed.GetRequiredValue(candidate);
        string document = await DocumentFile.ReadAsync(path, cancellation);
        try
        {
            SimulationReport report = await SimulateAsync(with, path, document, cancellation);
            await options.ShowAsync(with, report, cancellation);
            return ExitCode.Done;
        }
        catch (InvalidPolicyException mistakes)
        {
            mistakes.Show(Screen.Error);
            return ExitCode.Failed;
        }
        catch (StoreException error)
        {
            Screen.Error.Line($"[red]{error.Message}[/]");
            return ExitCode.Unreachable;
        }
    }

    private async Task<SimulationReport> SimulateAsync(
        Conversation with, string path, string document, CancellationToken cancellation)
    {
        Core.Policies.Policy policy = Candidate.Read(path, document);
        Offline offline = new(options.Plan(with.Parsed, policy), with.Parsed.GetValue(against));
        if (with.Parsed.GetValue(store) is { } location)
        {
            return await offline.OverStoreAsync(location, cancellation);
        }

        if (with.Parsed.GetValue(backup) is { } file)
        {
            return await offline.OverBackupAsync(file, cancellation);
        }

        if (with.Parsed.GetValue(history) is { } told)
        {
            PastFile past = told.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                ? await CallHistoryPast.ReadAsync(
                    told, with.Parsed.GetRequiredValue(channel), with.Parsed.GetRequiredValue(purpose), cancellation)
                : await HistoryLines.ReadAsync(told, cancellation);
            return await offline.OverHistoryAsync(past, cancellation);
        }

        return await options.OnServerAsync(with, document, cancellation);
    }
}
