using System.Diagnostics;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>A connection with so many unary calls under way.</summary>
/// <param name="call">What it calls; all its life the same method.</param>
/// <param name="outcomeOf">Reads an answer.</param>
/// <param name="atOnceMax">How many calls are under way at most.</param>
internal sealed class CallerConnection(
    PreparedCall call, Func<ReadOnlySpan<byte>, CallOutcome> outcomeOf, int atOnceMax) : IDisposable
{
    private const int PrefixBytes = 5;   // gRPC's: whether it is compressed, and the length

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Http2Link link = new();
    private readonly Lock gate = new();
    private readonly Dictionary<int, CallUnderWay> underWay = new(atOnceMax);
    private readonly Stack<CallUnderWay> spare = new(atOnceMax);
    private byte[] headers = [];
    private int nextStream = 1;
    private CallTally tally = new();

    public Task ConnectAsync(Uri server)
    {
        headers = CallHeaders.First(call.Path, server.Authority);
        return link.ConnectAsync(server);
    }

    /// <summary>Calls until the time is over and every call has ended.</summary>
    public async Task<CallTally> RunAsync(Pace pace)
    {
        tally = new CallTally();
        Task pacing = pace.IsLimited ? PaceAsync(pace) : Task.CompletedTask;
        Begin(pace);
        while (!pace.IsOver || IsBusy)
        {
            if (!IsBusy)
            {
                await Task.Delay(Tick);   // nothing can come; the pace may let one begin
                continue;
            }

            if (!await link.ReceiveAsync(Receive))
            {
                throw new IOException("The server closed the connection.");
            }

            Begin(pace);
        }

        await pacing;
        return tally;
    }

    public void Dispose() => link.Dispose();

    private bool IsBusy
    {
        get
        {
            lock (gate)
            {
                return underWay.Count > 0;
            }
        }
    }

    private async Task PaceAsync(Pace pace)
    {
        using PeriodicTimer timer = new(Tick);
        while (!pace.IsOver && await timer.WaitForNextTickAsync())
        {
            Begin(pace);
        }
    }

    private void Begin(Pace pace)
    {
        lock (gate)
        {
            while (underWay.Count < atOnceMax && pace.TryTake(out long number))
            {
                Begin(number);
            }

            link.Flush();
        }
    }

    private void Begin(long number)
    {
        int stream = nextStream;
        nextStream += 2;
        headers.CopyTo(link.TakeFrame(headers.Length, Http2Frame.Headers, Http2Frame.EndHeaders, stream));
        headers = CallHeaders.Later;
        int length = call.Message.Length;
        Span<byte> data = link.TakeFrame(PrefixBytes + length, Http2Frame.Data, Http2Frame.EndStream, stream);
        data[0] = 0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(data[1..], length);
        call.Message.Write(call.PersonOf(number), number, data[PrefixBytes..]);
        CallUnderWay begun = spare.TryPop(out CallUnderWay? used) ? used : new CallUnderWay();
        begun.Begin(Stopwatch.GetTimestamp());
        underWay.Add(stream, begun);
    }

    private void Receive(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            if (!underWay.TryGetValue(stream, out CallUnderWay? one))
            {
                return;
            }

            if (type == Http2Frame.Data)
            {
                one.Add(payload);
            }

            bool isEnd = type == Http2Frame.ResetStream
                || (type is Http2Frame.Data or Http2Frame.Headers && (flags & Http2Frame.EndStream) != 0);
            if (isEnd && underWay.Remove(stream))
            {
                CallOutcome outcome = one.Length > PrefixBytes
                    ? outcomeOf(one.Received[PrefixBytes..])
                    : CallOutcome.Unanswered;
                tally.Add(outcome);
                if (outcome is not CallOutcome.Unanswered)
                {
                    tally.Took(Stopwatch.GetElapsedTime(one.Begun));
                }

                spare.Push(one);
            }
        }
    }
}
