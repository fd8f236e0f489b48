using System.CommandLine;
using H2H.Throttle.Engine.Archives;

namespace H2H.Throttle.Cli.Stores;

/// <summary><c>h2h restore</c></summary>
internal sealed class RestoreCommand : TransferCommand
{
    private readonly Argument<string> file = new("file") { Description = "A file that backup has written." };
    private readonly Option<string> store = Locations.Option();
    private readonly Option<bool> overwrite = Overwrite();

    public RestoreCommand()
        : base(
            "restore",
            "Put everything that is in a backup into a store, and compare. A torn file is refused before anything is "
            + "written. Stop the servers first.")
    {
        Add(file);
        Add(store);
        Add(overwrite);
    }

    protected override async Task<int> TransferAsync(ParseResult parsed, CancellationToken cancellation)
    {
        BackupFile backup = await BackupFile.OpenAsync(parsed.GetRequiredValue(file), cancellation);
        await using OpenedStore target = await StoreLocation.OpenAsync(parsed.GetRequiredValue(store), isSource: false);
        int ended = await CopyAsync(backup, target.Ports, parsed.GetValue(overwrite), cancellation);
        SayKey();
        return ended;
    }
}
