using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace H2H.Throttle.Standins.Tests.Pipes;

/// <summary>A connection over loopback: pipes at this end, a plain socket at the far one.</summary>
internal sealed class Wire : IDisposable
{
    private Wire(SocketConnection near, Socket far) => (Near, Far) = (near, far);

    public SocketConnection Near { get; }

    public Socket Far { get; }

    public static async Task<Wire> OpenAsync(CancellationToken cancellation, PipeOptions? send = null)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Socket near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketConnection.SetRecommendedClientOptions(near);
        await near.ConnectAsync(listener.LocalEndPoint!, cancellation);
        Socket far = await listener.AcceptAsync(cancellation);
        far.NoDelay = true;
        return new Wire(SocketConnection.Create(near, send), far);
    }

    /// <summary>The next so many bytes at this end.</summary>
    public static async Task<byte[]> ReadAsync(PipeReader reader, int count, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            if (read.Buffer.Length >= count)
            {
                byte[] bytes = read.Buffer.Slice(0, count).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(count));
                return bytes;
            }

            Assert.False(read.IsCompleted, $"The connection ended after {read.Buffer.Length} of {count} bytes.");
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
