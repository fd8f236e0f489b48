using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial.Pumps;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A connected socket as a pair of pipes. Its reads and writes start at once.</summary>
public sealed class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private const int KeepAliveAfterSeconds = 15;
    private const int KeepAliveEverySeconds = 5;
    private const int KeepAliveTriesMax = 3;

    private readonly Socket socket;
    private readonly PumpPair pumps;

    private SocketConnection(Socket socket, PipeOptions send, PipeOptions receive)
    {
        this.socket = socket;
        pumps = PumpPair.Start(new SocketLine(socket), send, receive);
    }

    public PipeReader Input => pumps.Input;

    public PipeWriter Output => pumps.Output;

    public long BytesRead => pumps.Received;

    public long BytesSent => pumps.Sent;

    /// <summary>How many bytes the last read brought.</summary>
    public int LastReceived => pumps.LastReceived;

    public PipeShutdownKind ShutdownKind => pumps.Ending.Kind;

    public SocketError SocketError => pumps.Ending.SocketError;

    long IMeasuredDuplexPipe.TotalBytesSent => pumps.Sent;

    long IMeasuredDuplexPipe.TotalBytesReceived => pumps.Received;

    /// <summary>There is nothing that could be missing.</summary>
    public static void AssertDependencies()
    {
    }

    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions = null,
        PipeOptions? receivePipeOptions = null,
        SocketConnectionOptions socketConnectionOptions = SocketConnectionOptions.None,
        string? name = null) =>
        new(socket, sendPipeOptions ?? PipeOptions.Default, receivePipeOptions ?? PipeOptions.Default);

    /// <summary>No waiting for fuller packets; the peer is asked for a sign of life while nothing is said.</summary>
    public static void SetRecommendedClientOptions(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
            socket.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
            socket.SetSocketOption(
                SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTriesMax);
        }
    }

    /// <summary>Notes that the protocol ends the connection; false if something else had ended it before.</summary>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind) => pumps.Ending.TryNote(kind);

    public Counters GetCounters() => new(AvailableOnSocket(), Counters.NotKnown, pumps.WaitingToBeSent);

    public void Dispose() => pumps.Dispose();

    private long AvailableOnSocket()
    {
        try
        {
            return socket.Available;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return Counters.NotKnown;
        }
    }

    /// <summary>Bytes on their way; -1 where it is not known.</summary>
    public readonly struct Counters
    {
        internal const long NotKnown = -1;

        internal Counters(long availableOnSocket, long waitingToBeRead, long waitingToBeSent) =>
            (BytesAvailableOnSocket, BytesWaitingToBeRead, BytesWaitingToBeSent) =
                (availableOnSocket, waitingToBeRead, waitingToBeSent);

        public long BytesAvailableOnSocket { get; }

        public long BytesWaitingToBeSent { get; }

        public long BytesWaitingToBeRead { get; }
    }
}
