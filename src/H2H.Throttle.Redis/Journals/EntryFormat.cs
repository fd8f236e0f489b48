using System.Globalization;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>What an entry of the journal is in Redis.</summary>
/// <remarks>
/// An entry of a stream with the id <c>POSITION-0</c> and two fields: <c>h</c>, the hash, 32 bytes; and <c>f</c>, the
/// fact: a byte 1 for this format, the instant as 100 ns ticks since 1970 in 8 bytes, little-endian, then id, kind and
/// subject, each as UTF-8 after its length (7 bits a byte, lowest first), and the data up to the end. Where a part of
/// the journal begins and ends there is a mark with the id <c>POSITION-1</c> of the entry before it, and two fields:
/// <c>s</c>, which is <c>begin</c> or <c>end</c>, and <c>h</c>, the hash of that entry.
/// </remarks>
internal static class EntryFormat
{
    public const string HashField = "h";
    public const string FactField = "f";
    private const string SideField = "s";
    private const string End = "end";
    private const string MarkEnding = "-1";
    private const byte Format = 1;

    /// <summary>True of what is no entry, but says where a part begins or ends.</summary>
    public static bool IsMark(StreamEntry entry) => entry.Id.ToString().EndsWith(MarkEnding, StringComparison.Ordinal);

    /// <summary>True of the mark behind the last entry of a part that is full.</summary>
    public static bool IsEnd(StreamEntry entry) => IsMark(entry) && entry[SideField] == End;

    /// <summary>The entry that a mark stands behind.</summary>
    /// <exception cref="Engine.Records.StoreException">It is no mark.</exception>
    public static Head ReadMark(StreamEntry mark)
    {
        RedisValue hash = mark[HashField];
        string position = mark.Id.ToString().Split('-', 2)[0];
        return IsMark(mark) && !hash.IsNull && long.TryParse(position, CultureInfo.InvariantCulture, out long number)
            ? new Head(number, (byte[])hash!)
            : throw Failures.Foreign("A mark in the journal");
    }

    public static byte[] Write(JournalFact fact)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(Format);
        writer.Write(fact.At.ToUnixTimeTicks());
        writer.Write(fact.Id);
        writer.Write(fact.Kind);
        writer.Write(fact.Subject);
        writer.Write(fact.Data.Span);
        return bytes.ToArray();
    }

    /// <exception cref="Engine.Records.StoreException">It is no entry of the journal.</exception>
    public static JournalEntry Read(StreamEntry entry)
    {
        RedisValue hash = entry[HashField];
        RedisValue fact = entry[FactField];
        string position = entry.Id.ToString().Split('-', 2)[0];
        if (hash.IsNull || fact.IsNull || !long.TryParse(position, CultureInfo.InvariantCulture, out long number))
        {
            throw Failures.Foreign("An entry of the journal");
        }

        return new JournalEntry(number, Read((byte[])fact!), (byte[])hash!);
    }

    private static JournalFact Read(byte[] bytes)
    {
        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes));
            byte format = reader.ReadByte();
            if (format != Format)
            {
                throw Failures.Newer($"An entry of the journal has format {format}");
            }

            Instant at = Instant.FromUnixTimeTicks(reader.ReadInt64());
            return new JournalFact(
                reader.ReadString(), at, reader.ReadString(), reader.ReadString(),
                bytes.AsMemory((int)reader.BaseStream.Position));
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            throw Failures.Damaged("An entry of the journal cannot be read", error);
        }
    }
}
