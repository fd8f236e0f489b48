using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using NodaTime;
using Fields = H2H.Throttle.Engine.People.Stored.PersonRecord;

namespace H2H.Throttle.Engine.People;

/// <summary>Turns a person's record into the bytes that stores keep (<c>person.proto</c>), and back.</summary>
internal static class PersonCodec
{
    /// <summary>The format that is written, and the highest that is read.</summary>
    public const uint Format = 1;

    /// <remarks>Texts are numbered as they come, so the order of these lines is that of all that is stored.</remarks>
    public static byte[] Write(PersonRecord record)
    {
        Symbols symbols = new();
        TraitsWriter traits = new(symbols);
        ColumnWriter fields = new();
        fields.Write(Fields.FormatFieldNumber, Format);
        fields.WriteWide(Fields.LastSeenFieldNumber, record.LastSeen.ToUnixTimeTicks());
        fields.WriteWide(Fields.LastNumberFieldNumber, record.LastNumber.Value);
        PersonColumns.Write(fields, record.Person, traits);
        fields.WriteMessage(
            Fields.HistoryFieldNumber, record.History.AsSpan(), (record.HistoryForgotten, symbols),
                HistoryColumns.Write);
        fields.WriteMessage(Fields.RefusalsFieldNumber, record.Refusals.AsSpan(), symbols, RefusalColumns.Write);
        WriteOutbox(fields, record.Outbox, symbols);
        WriteNames(fields, record);
        fields.WriteWide(Fields.ToldFromFieldNumber, record.ToldFrom?.ToUnixTimeTicks() ?? 0);
        WriteTraits(fields, traits);
        fields.Write(Fields.SymbolsFieldNumber, symbols.Texts);
        fields.Write(Fields.AnswersFieldNumber, record.Answers.AsSpan(), static answer => answer.Bytes);
        return fields.Finish();
    }

    private static void WriteNames(ColumnWriter fields, PersonRecord record)
    {
        fields.Write(
            Fields.AliasesFieldNumber, record.Aliases.AsSpan(), static one => AliasCodec.Write(one).ToByteArray());
        if (record.Moved is { } moved)
        {
            fields.Write(Fields.MovedFieldNumber, AliasCodec.Write(moved).ToByteArray());
        }

        if (record.Erasure.Length > 0)
        {
            fields.Write(Fields.ErasureFieldNumber, [record.Erasure]);
        }
    }

    /// <remarks>The field is there even where nothing is in it.</remarks>
    private static void WriteTraits(ColumnWriter fields, TraitsWriter traits)
    {
        if (traits.All.IsEmpty)
        {
            fields.Write(Fields.TraitsFieldNumber, ReadOnlyMemory<byte>.Empty);
        }
        else
        {
            fields.WriteMessage(Fields.TraitsFieldNumber, traits.All, traits.Symbols, TraitsWriter.Write);
        }
    }

    private static void WriteOutbox(ColumnWriter fields, ImmutableArray<JournalFact> outbox, Symbols symbols)
    {
        foreach (JournalFact fact in outbox)
        {
            Stored.Fact stored = new()
            {
                Id = fact.Id,
                At = fact.At.ToUnixTimeTicks(),
                Kind = symbols[fact.Kind],
                Subject = fact.Subject,
                Data = UnsafeByteOperations.UnsafeWrap(fact.Data),
            };
            fields.Write(Fields.OutboxFieldNumber, stored.ToByteArray());
        }
    }

    /// <summary>Keeps parts of the bytes: they must not change.</summary>
    /// <exception cref="StoreException">The bytes are damaged, or of a newer format.</exception>
    public static PersonRecord Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            PersonFields fields = new(bytes);
            return fields.Number(Fields.FormatFieldNumber) switch
            {
                Format => Read(fields),
                > Format and var format => throw new StoreException(
                    StoreFailure.Newer,
                    $"A person's record has format {format}; this version reads up to {Format}. Run the "
                    + "version that wrote it."),
                _ => throw new FormatException("A record without a format."),
            };
        }
        catch (Exception damage) when (damage is InvalidProtocolBufferException or FormatException or ArgumentException)
        {
            throw Damaged(damage);
        }
    }

    /// <summary>Whether the record is but another name of somebody, without reading all that is in it.</summary>
    /// <exception cref="StoreException">The bytes are damaged.</exception>
    public static bool IsMoved(ReadOnlySpan<byte> bytes)
    {
        try
        {
            FieldReader fields = new(bytes);
            bool isMoved = false;
            while (!isMoved && fields.Read())
            {
                isMoved = fields.Field == Fields.MovedFieldNumber;
            }

            return isMoved;
        }
        catch (FormatException damage)
        {
            throw Damaged(damage);
        }
    }

    private static StoreException Damaged(Exception damage) =>
        new(StoreFailure.Damaged, "A person's record is damaged.", damage);

    private static PersonRecord Read(in PersonFields fields)
    {
        Texts texts = new(fields.Symbols);
        (ImmutableArray<HistoryEntry> history, int forgotten) =
            HistoryColumns.Read(fields[Fields.HistoryFieldNumber], texts);
        return new PersonRecord
        {
            LastSeen = Instant.FromUnixTimeTicks(fields.Wide(Fields.LastSeenFieldNumber)),
            LastNumber = new ContactNumber(fields.Wide(Fields.LastNumberFieldNumber)),
            Person = PersonColumns.Read(fields, texts),
            History = history,
            HistoryForgotten = forgotten,
            Refusals = RefusalColumns.Read(fields[Fields.RefusalsFieldNumber], texts),
            Answers = [.. fields.Answers],
            Aliases = ReadAliases(fields),
            Moved = fields.Has(Fields.MovedFieldNumber)
                ? AliasCodec.Read(Stored.Moved.Parser.ParseFrom(fields[Fields.MovedFieldNumber]))
                : null,
            Erasure = Encoding.UTF8.GetString(fields[Fields.ErasureFieldNumber]),
            ToldFrom = fields.Wide(Fields.ToldFromFieldNumber) is not 0 and var from
                ? Instant.FromUnixTimeTicks(from)
                : null,
            Outbox = ReadOutbox(fields, texts),
        };
    }

    private static ImmutableArray<Alias> ReadAliases(in PersonFields fields)
    {
        ImmutableArray<Alias> aliases = [];
        foreach (Range place in fields.Aliases)
        {
            aliases = aliases.Add(AliasCodec.Read(Stored.Alias.Parser.ParseFrom(fields[place])));
        }

        return aliases;
    }

    private static ImmutableArray<JournalFact> ReadOutbox(in PersonFields fields, Texts texts)
    {
        ImmutableArray<JournalFact> outbox = [];
        foreach (Range place in fields.Outbox)
        {
            Stored.Fact fact = Stored.Fact.Parser.ParseFrom(fields[place]);
            outbox = outbox.Add(new JournalFact(
                fact.Id, Instant.FromUnixTimeTicks(fact.At), texts.Required(fact.Kind), fact.Subject,
                    fact.Data.Memory));
        }

        return outbox;
    }
}
