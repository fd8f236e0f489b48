using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>A connected socket.</summary>
internal sealed class SocketLine(Socket socket) : ILine
{
    private readonly List<ArraySegment<byte>> pieces = [];   // of the send that runs; there is at most one

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None);

    public async ValueTask<long> SendAsync(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment)
        {
            return await socket.SendAsync(buffer.First, SocketFlags.None).ConfigureAwait(false);
        }

        pieces.Clear();
        foreach (ReadOnlyMemory<byte> piece in buffer)
        {
            if (!MemoryMarshal.TryGetArray(piece, out ArraySegment<byte> segment))
            {
                return await socket.SendAsync(buffer.First, SocketFlags.None).ConfigureAwait(false);
            }

            pieces.Add(segment);
        }

        return await socket.SendAsync(pieces, SocketFlags.None).ConfigureAwait(false);
    }

    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    public void Close() => socket.Dispose();
}
