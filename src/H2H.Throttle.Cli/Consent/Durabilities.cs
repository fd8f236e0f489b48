using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary>What something outlives that was said, in words.</summary>
internal static class Durabilities
{
    public static string Text(Durability durability) => durability switch
    {
        Durability.Memory => "kept in the memory of one machine",
        Durability.DiskLater => "kept on the disk of one machine within a second",
        Durability.Disk => "kept on disk",
        Durability.Replicated => "kept on two machines",
        _ => "kept; how safely the store does not tell",
    };
}
