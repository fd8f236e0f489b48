namespace Pipelines.Sockets.Unofficial;

/// <summary>What ended a connection; the first cause stays.</summary>
public enum PipeShutdownKind
{
    None = 0,

    /// <summary>This end disposed of it.</summary>
    PipeDisposed = 1,

    /// <summary>The other end closed it in order.</summary>
    ReadEndOfStream = 100,

    ReadSocketError = 101,
    ReadIOException = 102,
    ReadFlushCompleted = 103,
    WriteEndOfStream = 200,
    WriteSocketError = 201,
    WriteIOException = 202,

    /// <summary>The protocol spoken over it asked for the end.</summary>
    ProtocolExitClient = 400,
}
