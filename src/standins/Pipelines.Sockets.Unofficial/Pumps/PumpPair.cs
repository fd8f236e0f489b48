using System.IO.Pipelines;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial.Pumps;

/// <summary>Two pumps between a line and two pipes, from start to end.</summary>
/// <remarks>
/// The pumps own the line's ends of the pipes and alone complete them. Each ends when its line fails or closes, when
/// the caller completes the pipe, or when this is disposed; none waits for the other.
/// </remarks>
internal sealed class PumpPair : IMeasuredDuplexPipe, IDisposable
{
    private readonly ILine line;
    private readonly Pipe receiving;
    private readonly Pipe sending;
    private readonly WriteEnd output;
    private long received;
    private long sent;
    private int lastReceived;
    private volatile bool disposed;

    private PumpPair(ILine line, PipeOptions send, PipeOptions receive)
    {
        this.line = line;
        receiving = new Pipe(receive);
        sending = new Pipe(send);
        Input = new ReadEnd(receiving.Reader);
        output = new WriteEnd(sending.Writer);
    }

    public PipeReader Input { get; }

    public PipeWriter Output => output;

    public Ending Ending { get; } = new();

    public long Received => Interlocked.Read(ref received);

    public long Sent => Interlocked.Read(ref sent);

    public int LastReceived => Volatile.Read(ref lastReceived);

    public long WaitingToBeSent => output.Written - Sent;

    long IMeasuredDuplexPipe.TotalBytesSent => Sent;

    long IMeasuredDuplexPipe.TotalBytesReceived => Received;

    public static PumpPair Start(ILine line, PipeOptions send, PipeOptions receive)
    {
        PumpPair pair = new(line, send, receive);
        _ = Task.Run(pair.ReceiveAsync);   // neither ever fails: what goes wrong goes into its pipe
        _ = Task.Run(pair.SendAsync);
        return pair;
    }

    public void Dispose()
    {
        disposed = true;
        Ending.TryNote(PipeShutdownKind.PipeDisposed);
        line.Close();
        sending.Reader.CancelPendingRead();   // the other pump waits on the line, which is closed
    }

    private async Task ReceiveAsync()
    {
        Exception? fault = null;
        try
        {
            await ReceiveUntilEndAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            fault = Explain(error, PipeShutdownKind.ReadSocketError, PipeShutdownKind.ReadIOException);
        }

        await receiving.Writer.CompleteAsync(fault).ConfigureAwait(false);
    }

    private async Task ReceiveUntilEndAsync()
    {
        while (true)
        {
            Memory<byte> buffer = receiving.Writer.GetMemory(1);
            int count = await line.ReceiveAsync(buffer).ConfigureAwait(false);
            if (count <= 0)
            {
                Ending.TryNote(PipeShutdownKind.ReadEndOfStream);
                return;
            }

            Volatile.Write(ref lastReceived, count);
            Interlocked.Add(ref received, count);
            receiving.Writer.Advance(count);
            FlushResult flushed = await receiving.Writer.FlushAsync().ConfigureAwait(false);
            if (flushed.IsCompleted)
            {
                Ending.TryNote(PipeShutdownKind.ReadFlushCompleted);
                return;
            }
        }
    }

    private async Task SendAsync()
    {
        Exception? fault = null;
        try
        {
            await SendUntilEndAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            fault = Explain(error, PipeShutdownKind.WriteSocketError, PipeShutdownKind.WriteIOException);
            line.Close();   // nothing that is asked now can be answered: end the other pump, too
        }

        await sending.Reader.CompleteAsync(fault).ConfigureAwait(false);
    }

    private async Task SendUntilEndAsync()
    {
        while (true)
        {
            ReadResult read = await sending.Reader.ReadAsync().ConfigureAwait(false);
            ObjectDisposedException.ThrowIf(disposed, typeof(IMeasuredDuplexPipe));

            if (!read.Buffer.IsEmpty)
            {
                long count = await line.SendAsync(read.Buffer).ConfigureAwait(false);
                Interlocked.Add(ref sent, count);
                sending.Reader.AdvanceTo(read.Buffer.GetPosition(count));
            }
            else if (read.IsCompleted)
            {
                Ending.TryNote(PipeShutdownKind.WriteEndOfStream);
                line.EndSending();
                return;
            }
            else
            {
                sending.Reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    /// <summary>What the caller gets to see of a fault of the line.</summary>
    private ConnectionResetException Explain(Exception fault, PipeShutdownKind socketKind, PipeShutdownKind otherKind)
    {
        SocketError error = ILine.ErrorOf(fault);
        Ending.TryNote(error == SocketError.Success ? otherKind : socketKind, error);
        return new ConnectionResetException($"The connection has ended: {fault.Message}", fault);
    }
}
