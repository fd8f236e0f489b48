using System.CommandLine;

namespace H2H.Throttle.Cli.Stores;

/// <summary>The option that names a store.</summary>
internal static class Locations
{
    public static Option<string> Option() => new("--store")
    {
        Description = $"The store: {StoreLocation.Words}.",
        HelpName = "store",
        DefaultValueFactory = static _ => "sqlite:data/h2h-throttle.db",
    };
}
