using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Archives;

/// <summary>Writes a backup: one file, whole or not there at all.</summary>
public static class BackupWriter
{
    internal static ReadOnlySpan<byte> Magic => "H2HBACK1"u8;

    /// <param name="from">What to back up.</param>
    /// <param name="path">Must not be there yet.</param>
    /// <param name="tally">Counts.</param>
    /// <param name="cancellation">Interrupts; nothing is left then.</param>
    /// <exception cref="TransferException">The file is there already or cannot be written.</exception>
    public static async Task WriteAsync(
        IContent from, string path, TransferTally tally, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            throw new TransferException($"{path} is there already. Name another file, or move that one away.");
        }

        string draft = $"{path}.partial";
        try
        {
            await WriteDraftAsync(from, draft, tally, cancellation).ConfigureAwait(false);
            File.Move(draft, path, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TransferException($"{path} cannot be written: {error.Message}", error);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task WriteDraftAsync(
        IContent from, string draft, TransferTally tally, CancellationToken cancellation)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(draft, options);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using MemoryStream frame = new();
        using BinaryWriter writer = new(frame, Encoding.UTF8);
        writer.Write(Magic);
        Flush(frame, hash, file);
        await foreach (KeptRecord kept in from.ListAsync(cancellation).ConfigureAwait(false))
        {
            Write(writer, kept);
            Flush(frame, hash, file);
            tally.AddRecord();
        }

        await foreach (JournalEntry entry in from.ReadJournalAsync(cancellation).ConfigureAwait(false))
        {
            Write(writer, entry);
            Flush(frame, hash, file);
            tally.AddEntries(1);
        }

        writer.Write((byte)Frame.End);
        writer.Write(tally.Records);
        writer.Write(tally.Entries);
        Flush(frame, hash, file);
        file.Write(hash.GetHashAndReset());
        await file.FlushAsync(cancellation).ConfigureAwait(false);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private static void Write(BinaryWriter writer, KeptRecord kept)
    {
        writer.Write((byte)Frame.Record);
        writer.Write(kept.Key.Kind);
        writer.Write(kept.Key.Id);
        writer.Write(kept.Expires?.ToUnixTimeTicks() ?? 0);
        writer.Write(kept.Value.Length);
        writer.Write(kept.Value.Span);
    }

    private static void Write(BinaryWriter writer, JournalEntry entry)
    {
        writer.Write((byte)Frame.Entry);
        writer.Write(entry.Fact.Id);
        writer.Write(entry.Fact.At.ToUnixTimeTicks());
        writer.Write(entry.Fact.Kind);
        writer.Write(entry.Fact.Subject);
        writer.Write(entry.Fact.Data.Length);
        writer.Write(entry.Fact.Data.Span);
    }

    private static void Flush(MemoryStream frame, IncrementalHash hash, FileStream file)
    {
        ReadOnlySpan<byte> bytes = frame.GetBuffer().AsSpan(0, (int)frame.Length);
        hash.AppendData(bytes);
        file.Write(bytes);
        frame.SetLength(0);
    }
}
