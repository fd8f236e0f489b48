namespace Grpc.Core;

/// <summary>How messages are sent. Without flags: at once, and compressed if the call compresses.</summary>
public class WriteOptions(WriteFlags flags = default)
{
    public static readonly WriteOptions Default = new();

    public WriteFlags Flags { get; } = flags;
}
