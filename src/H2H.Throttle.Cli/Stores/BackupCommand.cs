using System.CommandLine;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Archives;

namespace H2H.Throttle.Cli.Stores;

/// <summary><c>h2h backup</c></summary>
internal sealed class BackupCommand : TransferCommand
{
    private readonly Argument<string> file = new("file") { Description = "The file to write; not there yet." };
    private readonly Option<string> store = Locations.Option();

    public BackupCommand()
        : base(
            "backup",
            "Write everything that a store holds into one file with a checksum. While servers write to a Redis, what "
            + "each person has is whole, but not all of one instant.")
    {
        Add(file);
        Add(store);
    }

    protected override string AfterInterruption => "Interrupted. No backup was written.";

    protected override async Task<int> TransferAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetRequiredValue(file);
        await using OpenedStore source = await StoreLocation.OpenAsync(parsed.GetRequiredValue(store), isSource: true);
        TransferTally tally = new();
        await TransferProgress.WatchAsync(
            "backed up", tally, await source.Ports.CountAsync(cancellation),
            BackupWriter.WriteAsync(source.Ports, path, tally, cancellation));

        await BackupFile.OpenAsync(path, cancellation);   // as whoever restores it will
        Screen.Out.Line($"{tally.Records} records and {tally.Entries} entries of the journal are in {path}.");
        SayKey();
        return ExitCode.Done;
    }
}
