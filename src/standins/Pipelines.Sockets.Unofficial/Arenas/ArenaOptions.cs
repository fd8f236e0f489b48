namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>What whoever makes an arena may choose.</summary>
public sealed class ArenaOptions
{
    public ArenaOptions(
        ArenaFlags flags = ArenaFlags.None, int blockSizeBytes = 0, Func<long, long, long>? retentionPolicy = null) =>
        (Flags, BlockSizeBytes, RetentionPolicy) = (flags, blockSizeBytes, retentionPolicy);

    public ArenaFlags Flags { get; }

    public int BlockSizeBytes { get; }

    public Func<long, long, long>? RetentionPolicy { get; }
}
