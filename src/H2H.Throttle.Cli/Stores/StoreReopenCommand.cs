using System.CommandLine;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Rotation;

namespace H2H.Throttle.Cli.Stores;

/// <summary><c>h2h store reopen</c></summary>
internal sealed class StoreReopenCommand : TransferCommand
{
    private readonly Argument<string> store = new("store") { Description = $"The store: {StoreLocation.Words}." };

    private readonly Option<string> key = new("--key")
    {
        Description = "The identity key file of the store.", HelpName = "file", Required = true,
    };

    public StoreReopenCommand()
        : base(
            "reopen",
            "Give up a rotation of the identity key: servers may use the store again that rotate-key has closed. Not "
            + "after servers have used the new one: what was said there would be forgotten.")
    {
        Add(store);
        Add(key);
    }

    protected override async Task<int> TransferAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using OpenedStore source = await StoreLocation.OpenAsync(parsed.GetRequiredValue(store), isSource: true);
        try
        {
            IdentityHasher hasher = IdentityKeyFile.Load(parsed.GetRequiredValue(key));
            await KeyRotation.ReopenAsync(source.Ports, hasher, cancellation);
        }
        catch (IdentityKeyException error)
        {
            throw new TransferException(error.Message, error);
        }

        Screen.Out.Line($"The store is open: start the servers with the key file that they had.");
        return ExitCode.Done;
    }
}
