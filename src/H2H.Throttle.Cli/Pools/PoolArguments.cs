using System.CommandLine;

namespace H2H.Throttle.Cli.Pools;

/// <summary>Which pool is meant.</summary>
internal static class PoolArguments
{
    public static Argument<string> Kind() => new("kind")
    {
        Description = "What they share, as rules name it under `pool`: household, account.",
    };

    public static Argument<string> Pool() => new("pool") { Description = "Your own id of the pool." };
}
