using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>Why a connection ended: the first cause that was noted. Safe from any thread.</summary>
internal sealed class Ending
{
    private int kind;
    private int socketError;

    public PipeShutdownKind Kind => (PipeShutdownKind)Volatile.Read(ref kind);

    public SocketError SocketError => (SocketError)Volatile.Read(ref socketError);

    public bool TryNote(PipeShutdownKind cause, SocketError error = SocketError.Success)
    {
        if (Interlocked.CompareExchange(ref kind, (int)cause, (int)PipeShutdownKind.None) != 0)
        {
            return false;
        }

        Volatile.Write(ref socketError, (int)error);
        return true;
    }
}
