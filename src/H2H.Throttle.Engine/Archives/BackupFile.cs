using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Archives;

/// <summary>A backup that was found whole.</summary>
public sealed class BackupFile : IContent
{
    private const int TailBytes = 1 + (2 * sizeof(long)) + SHA256.HashSizeInBytes;

    private readonly string path;
    private readonly long records;
    private readonly long entries;

    private BackupFile(string path, long records, long entries) =>
        (this.path, this.records, this.entries) = (path, records, entries);

    public ValueTask<long> CountAsync(CancellationToken cancellation) => new(records + entries);

    /// <summary>Reads the whole file once, for its checksum.</summary>
    /// <exception cref="TransferException">It is no backup, is torn or was changed, or cannot be read.</exception>
    public static async Task<BackupFile> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] magic = new byte[BackupWriter.Magic.Length];
            int read = await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellation)
                .ConfigureAwait(false);
            if (!magic.AsSpan(0, read).SequenceEqual(BackupWriter.Magic))
            {
                throw new TransferException($"{path} is no backup that this version reads.");
            }

            file.Position = 0;
            return await CheckAsync(path, file, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TransferException($"{path} cannot be read: {error.Message}", error);
        }
    }

    public async IAsyncEnumerable<KeptRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        using BinaryReader reader = Read();
        for (long number = 0; number < records; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return ReadRecord(reader);
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadJournalAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        using BinaryReader reader = Read();
        for (long number = 0; number < records; number++)
        {
            ReadRecord(reader);
        }

        ReadOnlyMemory<byte> hash = JournalChain.Root;
        for (long position = 1; position <= entries; position++)
        {
            cancellation.ThrowIfCancellationRequested();
            JournalFact fact = ReadFact(reader);
            hash = JournalChain.Next(hash, fact);
            yield return new JournalEntry(position, fact, hash);
        }
    }

    private static async Task<BackupFile> CheckAsync(string path, FileStream file, CancellationToken cancellation)
    {
        long hashed = file.Length - SHA256.HashSizeInBytes;
        if (file.Length < BackupWriter.Magic.Length + TailBytes)
        {
            throw Torn(path);
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        while (file.Position < hashed)
        {
            int wanted = (int)long.Min(buffer.Length, hashed - file.Position);
            int read = await file.ReadAsync(buffer.AsMemory(0, wanted), cancellation).ConfigureAwait(false);
            hash.AppendData(buffer, 0, read);
        }

        file.Position = file.Length - TailBytes;
        using BinaryReader reader = new(file);
        bool isEnd = reader.ReadByte() == (byte)Frame.End;
        (long records, long entries) = (reader.ReadInt64(), reader.ReadInt64());
        return isEnd && reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(hash.GetHashAndReset())
            ? new BackupFile(path, records, entries)
            : throw Torn(path);
    }

    private static TransferException Torn(string path) =>
        new($"{path} is torn or was changed: its checksum is not that of its content. Nothing was restored.");

    private BinaryReader Read()
    {
        BinaryReader reader = new(new BufferedStream(File.OpenRead(path), 1 << 20), Encoding.UTF8);
        reader.ReadBytes(BackupWriter.Magic.Length);
        return reader;
    }

    private static KeptRecord ReadRecord(BinaryReader reader)
    {
        Require(reader, Frame.Record);
        RecordKey key = new(reader.ReadString(), reader.ReadString());
        long expires = reader.ReadInt64();
        byte[] value = reader.ReadBytes(reader.ReadInt32());
        return new KeptRecord(key, value, expires == 0 ? null : Instant.FromUnixTimeTicks(expires));
    }

    private static JournalFact ReadFact(BinaryReader reader)
    {
        Require(reader, Frame.Entry);
        string id = reader.ReadString();
        Instant at = Instant.FromUnixTimeTicks(reader.ReadInt64());
        return new JournalFact(
            id, at, reader.ReadString(), reader.ReadString(), reader.ReadBytes(reader.ReadInt32()));
    }

    private static void Require(BinaryReader reader, Frame frame)
    {
        if (reader.ReadByte() != (byte)frame)
        {
            throw new TransferException("The backup has another order than this version reads.");
        }
    }
}
