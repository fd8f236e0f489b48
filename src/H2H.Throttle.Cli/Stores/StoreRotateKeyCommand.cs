using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Rotation;
using NodaTime;

namespace H2H.Throttle.Cli.Stores;

/// <summary><c>h2h store rotate-key</c></summary>
internal sealed class StoreRotateKeyCommand : TransferCommand
{
    private readonly Argument<string> from = new("from") { Description = $"The store: {StoreLocation.Words}." };

    private readonly Argument<string> to = new("to")
    {
        Description = "An empty store for what it will be, written the same way; another key prefix of the same "
            + "Redis will do.",
    };

    private readonly Option<string> key = new("--key")
    {
        Description = "The identity key file of the store.", HelpName = "file", Required = true,
    };

    private readonly Option<string> newKey = new("--new-key")
    {
        Description = "The identity key file to make: the same with one key more.", HelpName = "file", Required = true,
    };

    private readonly Option<int> patience = new("--patience-ms")
    {
        Description = "How long to wait until servers that still run have seen that a Redis is closed: their "
            + "Server:StoreWatchMs and a little.",
        HelpName = "milliseconds",
        DefaultValueFactory = static _ => 2000,
    };

    public StoreRotateKeyCommand()
        : base(
            "rotate-key",
            "Bring every person, address, pool and suppression list under a new identity key, in another store, and "
            + "compare. Nobody's name is needed and nobody is left out. Stop the servers first. The old store is "
            + "closed and stays whole; reopen takes that back. Interrupted, it goes on when it is started again.")
    {
        Add(from);
        Add(to);
        Add(key);
        Add(newKey);
        Add(patience);
    }

    protected override async Task<int> TransferAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (IdentityHasher before, IdentityHasher after) =
            ReadKeys(parsed.GetRequiredValue(key), parsed.GetRequiredValue(newKey));
        await using OpenedStore source = await StoreLocation.OpenAsync(parsed.GetRequiredValue(from), isSource: true);
        await using OpenedStore target = await StoreLocation.OpenAsync(parsed.GetRequiredValue(to), isSource: false);
        KeyRotation rotation = new(source.Ports, target.Ports, before, after);
        await rotation.CloseAsync(cancellation);
        if (!source.Ports.Records.IsInProcess)
        {
            await Task.Delay(parsed.GetValue(patience), cancellation);
        }

        Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        TransferTally copied = new();
        long count = await source.Ports.CountAsync(cancellation);
        await TransferProgress.WatchAsync("brought over", copied, count, rotation.CopyAsync(now, copied, cancellation));
        TransferTally compared = new();
        Task<ImmutableArray<string>> comparing = rotation.VerifyAsync(now, compared, cancellation);
        await TransferProgress.WatchAsync("compared", compared, copied.Records + copied.Entries, comparing);
        return Say(await comparing, compared, parsed);
    }

    private int Say(ImmutableArray<string> faults, TransferTally compared, ParseResult parsed)
    {
        foreach (string fault in faults)
        {
            Screen.Error.Line($"[red]{fault}[/]");
        }

        if (!faults.IsEmpty)
        {
            Screen.Error.Line(
                $"The new store is not what it should be. Stop the servers that use either, and name an empty one.");
            return ExitCode.Failed;
        }

        Screen.Out.Line(
            $"{compared.Records} records are under the new key, compared one by one, and none under the old one.");
        Screen.Out.Line(
            $"Start the servers with the new store and Server:IdentityKeyPath={parsed.GetRequiredValue(newKey)}.");
        Screen.Out.Line($"[dim]Back that file up. When all is well, destroy the old store and its backups:[/]");
        Screen.Out.Line($"[dim]whoever has the old key could still try names against them.[/]");
        return ExitCode.Done;
    }

    private static (IdentityHasher Before, IdentityHasher After) ReadKeys(string path, string newPath)
    {
        try
        {
            return (IdentityKeyFile.Load(path), IdentityKeyFile.Rotate(path, newPath));
        }
        catch (IdentityKeyException error)
        {
            throw new TransferException(error.Message, error);
        }
    }
}
