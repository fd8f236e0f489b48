using System.Buffers.Binary;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>A connection with one stream of items, many in each message.</summary>
/// <param name="call">The item; asked for in turn.</param>
/// <param name="itemsEach">How many items a message has.</param>
/// <param name="itemsMax">How many items wait for their answers at most.</param>
internal sealed class StreamConnection(PreparedCall call, int itemsEach, int itemsMax) : IDisposable
{
    private const int PrefixBytes = 5;
    private const int Stream = 1;

    private readonly Http2Link link = new();
    private readonly CallUnderWay inbox = new();
    private readonly SemaphoreSlim progress = new(0);
    private readonly byte[] message = new byte[PrefixBytes + (itemsEach * call.Message.Length)];
    private readonly CallTally tally = new();
    private long sent;
    private long answered;
    private long credit;
    private bool isEnded;

    /// <summary>Asks until the time is over and every item is answered, over a connection of its own.</summary>
    public async Task<CallTally> RunAsync(Uri server, Pace pace)
    {
        await link.ConnectAsync(server);
        byte[] headers = CallHeaders.First(call.Path, server.Authority);
        headers.CopyTo(link.TakeFrame(headers.Length, Http2Frame.Headers, Http2Frame.EndHeaders, Stream));
        link.Flush();
        Task writing = Task.Run(() => WriteAsync(pace));
        while (!isEnded && await link.ReceiveAsync(Receive))
        {
            progress.Release();
        }

        await writing;
        return tally.Answered == sent
            ? tally
            : throw new InvalidOperationException($"Of {sent} items {tally.Answered} were answered.");
    }

    public void Dispose()
    {
        link.Dispose();
        progress.Dispose();
    }

    private async Task WriteAsync(Pace pace)
    {
        while (!pace.IsOver)
        {
            int length = Fill(pace);
            await WriteAsync(length);
            while (sent - Interlocked.Read(ref answered) > itemsMax - itemsEach)
            {
                await progress.WaitAsync();
            }
        }

        link.TakeFrame(0, Http2Frame.Data, Http2Frame.EndStream, Stream);
        link.Flush();
    }

    /// <summary>Puts the next items into the message; answers with its length.</summary>
    private int Fill(Pace pace)
    {
        int at = PrefixBytes;
        for (int i = 0; i < itemsEach && pace.TryTake(out long number); i++, sent++)
        {
            call.Message.Write(call.PersonOf(number), number, message.AsSpan(at));
            at += call.Message.Length;
        }

        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), at - PrefixBytes);
        return at;
    }

    private async Task WriteAsync(int length)
    {
        if (length == PrefixBytes)
        {
            return;
        }

        for (int at = 0; at < length;)
        {
            int part = Math.Min(length - at, Http2Frame.PayloadBytesMax);
            while (link.Window < part || link.StreamWindow + Interlocked.Read(ref credit) < part)
            {
                await progress.WaitAsync();
            }

            message.AsSpan(at, part).CopyTo(link.TakeFrame(part, Http2Frame.Data, 0, Stream));
            link.Flush();
            Interlocked.Add(ref credit, -part);
            at += part;
        }
    }

    private void Receive(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        if (type == Http2Frame.WindowUpdate)
        {
            Interlocked.Add(ref credit, BinaryPrimitives.ReadInt32BigEndian(payload));
        }
        else if (type == Http2Frame.Data)
        {
            inbox.Add(payload);
            TakeMessages();
        }

        isEnded |= type == Http2Frame.ResetStream
            || (type is Http2Frame.Data or Http2Frame.Headers && (flags & Http2Frame.EndStream) != 0);
    }

    private void TakeMessages()
    {
        int at = 0;
        while (inbox.Length - at >= PrefixBytes
            && BinaryPrimitives.ReadInt32BigEndian(inbox.Received[(at + 1)..]) is int length
            && inbox.Length - at - PrefixBytes >= length)
        {
            Verdicts.Count(inbox.Received.Slice(at + PrefixBytes, length), call.IsEcho, tally);
            at += PrefixBytes + length;
        }

        inbox.Drop(at);
        Interlocked.Exchange(ref answered, tally.Answered + tally.Unanswered);
    }
}
