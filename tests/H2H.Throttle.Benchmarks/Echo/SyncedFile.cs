using Microsoft.Win32.SafeHandles;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>Keeps bytes on a disk: whatever has gathered since the last sync shares one write and one sync.</summary>
/// <remarks>
/// Written over from its start when it is full, as a log is whose content has gone elsewhere: it does not grow while it
/// is measured, which would cost more.
/// </remarks>
internal sealed class SyncedFile : IDisposable
{
    private const int FileBytes = 64 * 1024 * 1024;
    private const int BatchBytesMax = 1024 * 1024;

    private readonly object gate = new();
    private readonly SafeFileHandle file;
    private readonly Thread writer;
    private List<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Kept)> gathered = [];
    private bool isClosed;

    public SyncedFile(string path)
    {
        file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: FileBytes);
        for (int at = 0; at < FileBytes; at += BatchBytesMax)
        {
            RandomAccess.Write(file, new byte[BatchBytesMax], at);
        }

        RandomAccess.FlushToDisk(file);
        writer = new Thread(Run) { IsBackground = true, Name = "Echo writer" };
        writer.Start();
    }

    /// <summary>Ends when they are on the disk.</summary>
    public Task KeepAsync(ReadOnlyMemory<byte> bytes)
    {
        TaskCompletionSource kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            gathered.Add((bytes, kept));
            Monitor.Pulse(gate);
        }

        return kept.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.Pulse(gate);
        }

        writer.Join();
        file.Dispose();
    }

    private void Run()
    {
        using MemoryStream all = new();
        long at = 0;
        for (List<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Kept)> batch = Take();
            batch.Count > 0;
            batch = Take())
        {
            all.SetLength(0);
            batch.ForEach(one => all.Write(one.Bytes.Span));
            at = at + all.Length > FileBytes ? 0 : at;
            RandomAccess.Write(file, all.GetBuffer().AsSpan(0, (int)all.Length), at);
            RandomAccess.FlushToDisk(file);
            at += all.Length;
            batch.ForEach(static one => one.Kept.SetResult());
        }
    }

    /// <summary>What has gathered; waits for it. Empty: it is closed.</summary>
    private List<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Kept)> Take()
    {
        lock (gate)
        {
            while (gathered.Count == 0 && !isClosed)
            {
                Monitor.Wait(gate);
            }

            List<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Kept)> batch = gathered;
            gathered = [];
            return batch;
        }
    }
}
