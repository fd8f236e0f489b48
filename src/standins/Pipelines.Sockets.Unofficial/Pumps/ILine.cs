using System.Buffers;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>What carries the bytes: a socket or a stream. One receive and one send may run at the same time.</summary>
internal interface ILine
{
    /// <summary>How many bytes came; 0: the other end sends no more.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>How many bytes from the start of the buffer were sent: at least one.</summary>
    ValueTask<long> SendAsync(ReadOnlySequence<byte> buffer);

    /// <summary>Tells the other end that no more will be sent.</summary>
    void EndSending();

    /// <summary>Ends whatever waits on it.</summary>
    void Close();

    /// <summary>The error of the socket behind an exception of this line.</summary>
    static SocketError ErrorOf(Exception fault) => fault switch
    {
        SocketException direct => direct.SocketErrorCode,
        { InnerException: SocketException inner } => inner.SocketErrorCode,
        _ => SocketError.Success,
    };
}
