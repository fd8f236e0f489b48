using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace H2H.Throttle.Standins.Tests.Pipes;

public sealed class SocketConnectionTests
{
    private const int HangMs = 60_000;
    private const int LargeBytes = 5_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task What_comes_in_fragments_of_any_length_is_read_byte_for_byte()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        Random random = new(1);
        byte[] sent = new byte[200_000];
        random.NextBytes(sent);

        Task sending = Task.Run(async () =>
        {
            for (int at = 0; at < sent.Length;)
            {
                int length = Math.Min(random.Next(1, 1461), sent.Length - at);
                await wire.Far.SendAsync(sent.AsMemory(at, length), SocketFlags.None, Cancellation);
                at += length;
            }
        }, Cancellation);

        Assert.Equal(sent, await Wire.ReadAsync(wire.Near.Input, sent.Length, Cancellation));
        await sending;
        Assert.Equal(sent.Length, wire.Near.BytesRead);
    }

    [Fact(Timeout = HangMs)]
    public async Task Large_messages_go_both_ways_at_once()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        byte[] there = new byte[LargeBytes];
        byte[] back = new byte[LargeBytes];
        new Random(1).NextBytes(there);
        new Random(2).NextBytes(back);
        await using NetworkStream far = new(wire.Far, ownsSocket: false);
        byte[] arrived = new byte[LargeBytes];

        Task writing = wire.Near.Output.WriteAsync(there, Cancellation).AsTask();
        Task farWriting = far.WriteAsync(back, Cancellation).AsTask();
        Task farReading = far.ReadExactlyAsync(arrived, Cancellation).AsTask();

        Assert.Equal(back, await Wire.ReadAsync(wire.Near.Input, LargeBytes, Cancellation));
        await Task.WhenAll(writing, farWriting, farReading);
        Assert.Equal(there, arrived);
        Assert.Equal(LargeBytes, wire.Near.BytesSent);
    }

    [Fact(Timeout = HangMs)]
    public async Task The_far_end_closing_in_order_completes_the_input_after_its_last_byte()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        await wire.Far.SendAsync(new byte[] { 1, 2, 3 }, SocketFlags.None, Cancellation);
        wire.Far.Shutdown(SocketShutdown.Send);

        Assert.Equal([1, 2, 3], await Wire.ReadAsync(wire.Near.Input, 3, Cancellation));
        ReadResult end = await wire.Near.Input.ReadAsync(Cancellation);

        Assert.True(end.IsCompleted);
        Assert.True(end.Buffer.IsEmpty);
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, wire.Near.ShutdownKind);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_reset_fails_the_read_that_waits_and_names_the_error()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        ValueTask<ReadResult> waiting = wire.Near.Input.ReadAsync(Cancellation);

        wire.Far.LingerState = new LingerOption(enable: true, seconds: 0);
        wire.Far.Close();

        await Assert.ThrowsAsync<ConnectionResetException>(async () => await waiting);
        Assert.Equal(PipeShutdownKind.ReadSocketError, wire.Near.ShutdownKind);
        Assert.Equal(SocketError.ConnectionReset, wire.Near.SocketError);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_write_into_a_broken_connection_fails_sooner_or_later_and_ends_the_read_too()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        wire.Far.LingerState = new LingerOption(enable: true, seconds: 0);
        wire.Far.Close();

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await wire.Near.Output.WriteAsync(new byte[1000], Cancellation);
            }
        });

        // The system tells of a reset once: a write that was told of it leaves the read an end without a reason.
        Assert.True(await IsEndedAsync(wire.Near.Input));
    }

    [Fact(Timeout = HangMs)]
    public async Task Disposing_ends_a_read_that_waits()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        ValueTask<ReadResult> waiting = wire.Near.Input.ReadAsync(Cancellation);

        wire.Near.Dispose();

        await Assert.ThrowsAsync<ConnectionResetException>(async () => await waiting);
        Assert.Equal(PipeShutdownKind.PipeDisposed, wire.Near.ShutdownKind);
    }

    [Fact(Timeout = HangMs)]
    public async Task Disposing_ends_a_write_that_nobody_reads()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        Task writing = Task.Run(async () =>
        {
            while (true)
            {
                await wire.Near.Output.WriteAsync(new byte[100_000], Cancellation);
            }
        }, Cancellation);

        wire.Near.Dispose();

        await Assert.ThrowsAnyAsync<IOException>(() => writing);
    }

    [Fact(Timeout = HangMs)]
    public async Task The_first_cause_of_the_end_stays()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);

        Assert.True(wire.Near.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        wire.Near.Dispose();

        Assert.False(wire.Near.TrySetProtocolShutdown(PipeShutdownKind.PipeDisposed));
        Assert.Equal(PipeShutdownKind.ProtocolExitClient, wire.Near.ShutdownKind);
    }

    [Fact(Timeout = HangMs)]
    public async Task Completing_the_output_sends_what_is_left_and_then_the_end()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        await wire.Near.Output.WriteAsync(new byte[] { 1, 2, 3 }, Cancellation);

        await wire.Near.Output.CompleteAsync();

        byte[] arrived = new byte[10];
        await using NetworkStream far = new(wire.Far, ownsSocket: false);
        Assert.Equal(3, await far.ReadAtLeastAsync(arrived, 10, throwOnEndOfStream: false, Cancellation));
    }

    [Fact(Timeout = HangMs)]
    public async Task Giving_the_input_up_while_its_bytes_are_looked_at_leaves_them_as_they_are()
    {
        using Wire wire = await Wire.OpenAsync(Cancellation);
        byte[] sent = new byte[2000];
        new Random(1).NextBytes(sent);
        await wire.Far.SendAsync(sent, SocketFlags.None, Cancellation);
        ReadResult read = await wire.Near.Input.ReadAtLeastAsync(sent.Length, Cancellation);

        wire.Near.Input.CancelPendingRead();
        await wire.Near.Input.CompleteAsync();
        OverwriteThePool();

        Assert.Equal(sent, read.Buffer.ToArray());
        wire.Near.Input.AdvanceTo(read.Buffer.End);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await wire.Near.Input.ReadAsync(Cancellation));
    }

    [Fact(Timeout = HangMs)]
    public async Task Giving_the_output_up_while_it_is_written_into_keeps_its_memory_out_of_the_pool()
    {
        using NotedPool pool = new();
        using Wire wire = await Wire.OpenAsync(Cancellation, new PipeOptions(pool));
        wire.Near.Output.GetMemory(1000);

        await wire.Near.Output.CompleteAsync();
        wire.Near.Dispose();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await wire.Near.Output.FlushAsync(Cancellation);   // fails once the pump has ended
                await Task.Yield();
            }
        });

        Assert.Equal(0, pool.Returned);
        wire.Near.Output.Advance(1000);
        Assert.Equal(1, pool.Returned);
        Assert.Throws<InvalidOperationException>(() => wire.Near.Output.GetMemory(1));
    }

    /// <summary>Takes everything of the sizes that a pipe uses out of the pool, fills it and gives it back.</summary>
    private static void OverwriteThePool()
    {
        List<byte[]> taken = [];
        foreach (int size in (int[])[1024, 2048, 4096, 8192, 16384])
        {
            for (int i = 0; i < 64; i++)
            {
                taken.Add(ArrayPool<byte>.Shared.Rent(size));
                taken[^1].AsSpan().Fill(0xEE);
            }
        }

        taken.ForEach(static array => ArrayPool<byte>.Shared.Return(array));
    }

    private static async Task<bool> IsEndedAsync(PipeReader input)
    {
        try
        {
            return (await input.ReadAsync(Cancellation)).IsCompleted;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
