using System.Buffers;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>A stream, as TLS is one.</summary>
internal sealed class StreamLine(Stream stream) : ILine
{
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => stream.ReadAsync(buffer);

    public async ValueTask<long> SendAsync(ReadOnlySequence<byte> buffer)
    {
        foreach (ReadOnlyMemory<byte> piece in buffer)
        {
            await stream.WriteAsync(piece).ConfigureAwait(false);
        }

        await stream.FlushAsync().ConfigureAwait(false);
        return buffer.Length;
    }

    /// <summary>A stream cannot tell; closing it will.</summary>
    public void EndSending()
    {
    }

    public void Close() => stream.Dispose();
}
