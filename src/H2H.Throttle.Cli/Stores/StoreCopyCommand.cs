using System.CommandLine;

namespace H2H.Throttle.Cli.Stores;

/// <summary><c>h2h store copy</c></summary>
internal sealed class StoreCopyCommand : TransferCommand
{
    private readonly Argument<string> from = new("from") { Description = $"The store to copy: {StoreLocation.Words}." };
    private readonly Argument<string> to = new("to") { Description = "The store to copy to, written the same way." };
    private readonly Option<bool> overwrite = Overwrite();

    public StoreCopyCommand()
        : base(
            "copy",
            "Copy everything from one store to another, and compare. Stop the servers first. Interrupted, it goes on "
            + "where it was when it is started again.")
    {
        Add(from);
        Add(to);
        Add(overwrite);
    }

    protected override async Task<int> TransferAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using OpenedStore source = await StoreLocation.OpenAsync(parsed.GetRequiredValue(from), isSource: true);
        await using OpenedStore target = await StoreLocation.OpenAsync(parsed.GetRequiredValue(to), isSource: false);
        return await CopyAsync(source.Ports, target.Ports, parsed.GetValue(overwrite), cancellation);
    }
}
