using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace H2H.Throttle.Testing.Servers;

/// <summary>A bad line to a server: passes bytes on in pieces of random length, and breaks as it is told.</summary>
public sealed class BadLine : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentBag<Line> lines = [];
    private readonly int targetPort;
    private readonly int pieceBytesMax;
    private readonly Task accepting;

    public BadLine(int targetPort, int pieceBytesMax)
    {
        (this.targetPort, this.pieceBytesMax) = (targetPort, pieceBytesMax);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        accepting = AcceptAsync();
    }

    public string Address => string.Create(
        CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");

    /// <summary>How long each piece is under way, on every connection.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The connections that stand now carry nothing any more, and nobody is told. Later ones do.</summary>
    public void Freeze()
    {
        foreach (Line line in lines)
        {
            line.IsFrozen = true;
        }
    }

    /// <summary>Breaks the connections that stand now, wherever in a message they are.</summary>
    public void Cut()
    {
        foreach (Line line in lines)
        {
            line.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        await accepting;
        Cut();
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (int number = 0; ; number++)
        {
            try
            {
                Socket near = await listener.AcceptAsync(ended.Token);
                Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                near.NoDelay = true;
                await far.ConnectAsync(IPAddress.Loopback, targetPort, ended.Token);
                Line line = new(this, near, far);
                lines.Add(line);
                _ = line.PassAsync(near, far, new Random(number), pieceBytesMax);
                _ = line.PassAsync(far, near, new Random(-number), pieceBytesMax);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                continue;   // the server is away: the caller is hung up on, as by the server itself
            }
        }
    }

    private sealed class Line(BadLine of, Socket near, Socket far)
    {
        public bool IsFrozen { get; set; }

        public void Close()
        {
            foreach (Socket socket in (Socket[])[near, far])
            {
                try
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                }
                catch (Exception error) when (error is SocketException or ObjectDisposedException)
                {
                    continue;   // it has ended already
                }

                socket.Dispose();
            }
        }

        public async Task PassAsync(Socket from, Socket to, Random random, int pieceBytesMax)
        {
            byte[] buffer = new byte[pieceBytesMax];
            try
            {
                while (true)
                {
                    int length = random.Next(1, pieceBytesMax + 1);
                    int count = await from.ReceiveAsync(buffer.AsMemory(0, length), SocketFlags.None);
                    if (of.Delay > TimeSpan.Zero)
                    {
                        await Task.Delay(of.Delay);
                    }

                    if (IsFrozen)
                    {
                        return;
                    }

                    if (count == 0)
                    {
                        break;
                    }

                    await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None);
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // A side has ended; the other is told below.
            }

            Close();
        }
    }
}
