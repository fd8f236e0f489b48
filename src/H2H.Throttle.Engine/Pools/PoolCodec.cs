using System.Collections.Immutable;
using Google.Protobuf;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>Turns a pool's record into the bytes that stores keep (<c>pool.proto</c>), and back.</summary>
internal static class PoolCodec
{
    /// <summary>The format that is written, and the highest that is read.</summary>
    public const uint Format = 1;

    public static byte[] Write(PoolRecord record)
    {
        Stored.PoolRecord stored = new() { Format = Format };
        Symbols symbols = new();
        TraitsWriter traits = new(symbols);
        stored.Members.AddRange(record.Members.Select(static member => member.Text));
        stored.Claims = ColumnWriter.BytesOf(
            [.. record.Claims.Select(static c => c.Contact)], traits, ContactColumns.Write);
        stored.Claimants.AddRange(record.Claims.Select(claim => symbols[claim.Person.Text]));
        stored.Seen.AddRange(record.Claims.Select(static claim => claim.Seen.Number));
        stored.Tokens.AddRange(record.Claims.Select(static claim => claim.Token));
        stored.Untils.AddRange(record.Claims.Select(static claim => claim.Until.ToUnixTimeTicks()));
        stored.Traits = traits.ToColumns();
        stored.Symbols.AddRange(symbols.Texts.ToArray());
        return stored.ToByteArray();
    }

    /// <exception cref="StoreException">The bytes are damaged, or of a newer format.</exception>
    public static PoolRecord Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stored.PoolRecord stored = Stored.PoolRecord.Parser.ParseFrom(bytes);
            return stored.Format switch
            {
                Format => Read(stored),
                > Format => throw new StoreException(
                    StoreFailure.Newer,
                    $"A pool's record has format {stored.Format}; this version reads up to {Format}. Run the version "
                    + "that wrote it."),
                _ => throw new FormatException("A record without a format."),
            };
        }
        catch (Exception damage) when (damage is InvalidProtocolBufferException or FormatException or ArgumentException)
        {
            throw new StoreException(StoreFailure.Damaged, "A pool's record is damaged.", damage);
        }
    }

    private static PoolRecord Read(Stored.PoolRecord stored)
    {
        Texts texts = new([.. stored.Symbols]);
        TraitsReader traits = new(stored.Traits.Span, texts);
        ImmutableArray<LedgerContact> contacts = ContactColumns.Read(stored.Claims.Span, traits, texts);
        int rows = contacts.Length;
        return PoolRecord.Empty with
        {
            Members = PoolRecord.Empty.Members.Union(stored.Members.Select(static text => new PersonKey(text))),
            Claims =
            [
                .. contacts.Select((contact, i) => new PoolClaim(
                    new PersonKey(texts.Required(Columns.At(stored.Claimants, i, rows))),
                    new RecordVersion(Columns.At(stored.Seen, i, rows)),
                    contact,
                    Columns.At(stored.Tokens, i, rows),
                    Instant.FromUnixTimeTicks(Columns.At(stored.Untils, i, rows)))),
            ],
        };
    }
}
