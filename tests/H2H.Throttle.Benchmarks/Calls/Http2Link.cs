using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>A connection that writes and reads frames. One at a time writes, one at a time reads.</summary>
/// <remarks>
/// As h2load it does no more than it must, so that what is measured is the server; unlike h2load it sends another body
/// with each call.
/// </remarks>
internal sealed class Http2Link : IDisposable
{
    private const int CreditBytes = 1 << 20;
    private const int OwnWindow = int.MaxValue;
    private const int WindowDefault = 65_535;
    private const short InitialWindowSetting = 4;

    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Lock gate = new();
    private readonly byte[] inbox = new byte[1 << 18];
    private byte[] outbox = new byte[1 << 16];
    private int written;
    private int unread;
    private int uncredited;
    private long window = WindowDefault;

    /// <summary>How much a stream may send before the peer says more.</summary>
    public int StreamWindow { get; private set; } = WindowDefault;

    /// <summary>How much the connection may send before the peer says more.</summary>
    public long Window => Interlocked.Read(ref window);

    public async Task ConnectAsync(Uri server)
    {
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        Preface.CopyTo(Take(Preface.Length));
        Span<byte> settings = TakeFrame(6, Http2Frame.Settings, 0, 0);
        BinaryPrimitives.WriteInt16BigEndian(settings, InitialWindowSetting);
        BinaryPrimitives.WriteInt32BigEndian(settings[2..], OwnWindow);
        WriteCredit(OwnWindow - WindowDefault);
        Flush();
    }

    /// <summary>Room for the payload of a frame that goes with the next <see cref="Flush"/>.</summary>
    public Span<byte> TakeFrame(int length, byte type, byte flags, int stream)
    {
        Span<byte> frame = Take(Http2Frame.HeaderBytes + length);
        Http2Frame.Write(frame, length, type, flags, stream);
        if (type == Http2Frame.Data)
        {
            Interlocked.Add(ref window, -length);
        }

        return frame[Http2Frame.HeaderBytes..];
    }

    public void Flush()
    {
        if (written > 0)
        {
            lock (gate)
            {
                socket.Send(outbox.AsSpan(0, written));
            }

            written = 0;
        }
    }

    /// <summary>Waits for frames and hands on those that tell of streams.</summary>
    /// <returns>False: the peer has closed the connection.</returns>
    public async ValueTask<bool> ReceiveAsync(FrameReceiver receive)
    {
        int count = await socket.ReceiveAsync(inbox.AsMemory(unread));
        unread += count;
        int at = 0;
        while (unread - at >= Http2Frame.HeaderBytes)
        {
            (int length, byte type, byte flags, int stream) = Http2Frame.Read(inbox.AsSpan(at));
            if (unread - at - Http2Frame.HeaderBytes < length)
            {
                break;
            }

            Handle(type, flags, stream, inbox.AsSpan(at + Http2Frame.HeaderBytes, length), receive);
            at += Http2Frame.HeaderBytes + length;
        }

        inbox.AsSpan(at, unread - at).CopyTo(inbox);
        unread -= at;
        return count > 0;
    }

    public void Dispose() => socket.Dispose();

    private void Handle(byte type, byte flags, int stream, ReadOnlySpan<byte> payload, FrameReceiver receive)
    {
        switch (type)
        {
            case Http2Frame.Settings when flags != Http2Frame.Acknowledged:
                ReadSettings(payload);
                Answer(Http2Frame.Settings, []);
                break;
            case Http2Frame.Ping when flags != Http2Frame.Acknowledged:
                Answer(Http2Frame.Ping, payload);
                break;
            case Http2Frame.WindowUpdate when stream == 0:
                Interlocked.Add(ref window, BinaryPrimitives.ReadInt32BigEndian(payload));
                break;
            case Http2Frame.GoAway:
                throw new IOException("The server ended the connection.");
            case Http2Frame.Data or Http2Frame.Headers or Http2Frame.ResetStream or Http2Frame.WindowUpdate:
                Credit(type == Http2Frame.Data ? payload.Length : 0);
                receive(type, flags, stream, payload);
                break;
        }
    }

    private void ReadSettings(ReadOnlySpan<byte> settings)
    {
        for (; settings.Length >= 6; settings = settings[6..])
        {
            if (BinaryPrimitives.ReadInt16BigEndian(settings) == InitialWindowSetting)
            {
                StreamWindow = BinaryPrimitives.ReadInt32BigEndian(settings[2..]);
            }
        }
    }

    /// <summary>Lets the peer send more once it has sent much.</summary>
    private void Credit(int bytes)
    {
        uncredited += bytes;
        if (uncredited > CreditBytes)
        {
            Span<byte> credit = stackalloc byte[Http2Frame.HeaderBytes + sizeof(int)];
            Http2Frame.Write(credit, sizeof(int), Http2Frame.WindowUpdate, 0, 0);
            BinaryPrimitives.WriteInt32BigEndian(credit[Http2Frame.HeaderBytes..], uncredited);
            Send(credit);
            uncredited = 0;
        }
    }

    private void Answer(byte type, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[Http2Frame.HeaderBytes + payload.Length];
        Http2Frame.Write(frame, payload.Length, type, Http2Frame.Acknowledged, 0);
        payload.CopyTo(frame[Http2Frame.HeaderBytes..]);
        Send(frame);
    }

    private void Send(ReadOnlySpan<byte> frame)
    {
        lock (gate)
        {
            socket.Send(frame);
        }
    }

    private void WriteCredit(int bytes) => BinaryPrimitives.WriteInt32BigEndian(
        TakeFrame(sizeof(int), Http2Frame.WindowUpdate, 0, 0), bytes);

    private Span<byte> Take(int bytes)
    {
        if (written + bytes > outbox.Length)
        {
            Array.Resize(ref outbox, Math.Max(outbox.Length * 2, written + bytes));
        }

        written += bytes;
        return outbox.AsSpan(written - bytes, bytes);
    }
}
