namespace Grpc.Core;

/// <summary>How a message is sent.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More will follow soon: the message need not be sent at once.</summary>
    BufferHint = 1,

    /// <summary>The message is not compressed, even on a call that compresses.</summary>
    NoCompress = 2,
}
