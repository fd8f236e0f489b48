using System.Collections.Immutable;
using Google.Protobuf;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Turns a person's record into the bytes that stores keep (<c>person.proto</c>), and back.</summary>
internal static class PersonCodec
{
    /// <summary>The format that is written, and the highest that is read.</summary>
    public const uint Format = 1;

    private static readonly ImmutableSortedDictionary<string, string> NoAttributes =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static byte[] Write(PersonRecord record)
    {
        Stored.PersonRecord stored = new()
        {
            Format = Format,
            LastSeen = record.LastSeen.ToUnixTimeTicks(),
            LastNumber = record.LastNumber.Value,
        };
        Symbols symbols = new(stored.Symbols);
        TraitsWriter traits = new(symbols);
        Person person = record.Person;

        stored.Zone = symbols[person.Zone?.Id];
        stored.Country = symbols[person.Country];
        WriteTraits(person, stored, symbols);
        stored.Ledger = ContactColumns.Write(person.Ledger.Contacts.AsSpan(), traits, symbols);
        stored.Statements = ConsentColumns.Write(person.Statements, symbols);
        stored.Snoozes = ConsentColumns.Write(person.Snoozes, symbols);
        stored.Events = EventColumns.Write(person.Ledger.Events, traits, symbols);
        stored.Consents = GivenConsentColumns.Write(person.Consents, symbols);
        WriteHolds(person, stored, symbols);
        stored.Limits = ConsentColumns.Write(person.Limits, symbols);
        WritePools(person, stored, symbols);
        stored.QuietTimes = QuietColumns.Write(person.QuietTimes, symbols);
        stored.History = HistoryColumns.Write(record.History, record.HistoryForgotten, symbols);
        stored.Refusals = RefusalColumns.Write(record.Refusals, symbols);
        WriteAnswers(record, stored);
        stored.Moved = AliasCodec.Write(record.Moved);
        stored.Erasure = record.Erasure;
        stored.ToldFrom = record.ToldFrom?.ToUnixTimeTicks() ?? 0;
        WriteOutbox(record, stored, symbols);
        stored.Traits = traits.ToColumns();
        return stored.ToByteArray();
    }

    private static void WriteTraits(Person person, Stored.PersonRecord stored, Symbols symbols)
    {
        foreach (DateTimeZone zone in person.Zones)
        {
            stored.Zones.Add(symbols[zone.Id]);
        }

        foreach ((string name, string value) in person.Attributes)
        {
            stored.AttributeNames.Add(symbols[name]);
            stored.AttributeValues.Add(symbols[value]);
        }
    }

    private static void WriteHolds(Person person, Stored.PersonRecord stored, Symbols symbols)
    {
        foreach (string hold in person.Holds)
        {
            stored.Holds.Add(symbols[hold]);
        }
    }

    private static void WritePools(Person person, Stored.PersonRecord stored, Symbols symbols)
    {
        if (!person.Pools.IsEmpty)
        {
            stored.PoolKinds.AddRange(person.Pools.Keys.Select(kind => symbols[kind]));
            stored.Pools.AddRange(person.Pools.Values.Select(pool => symbols[pool.Key]));
        }
    }

    private static void WriteAnswers(PersonRecord record, Stored.PersonRecord stored)
    {
        foreach (PackedAnswer answer in record.Answers)
        {
            stored.Answers.Add(answer.Bytes);
        }

        foreach (Alias alias in record.Aliases)
        {
            stored.Aliases.Add(AliasCodec.Write(alias));
        }
    }

    private static void WriteOutbox(PersonRecord record, Stored.PersonRecord stored, Symbols symbols)
    {
        foreach (JournalFact fact in record.Outbox)
        {
            stored.Outbox.Add(new Stored.Fact
            {
                Id = fact.Id,
                At = fact.At.ToUnixTimeTicks(),
                Kind = symbols[fact.Kind],
                Subject = fact.Subject,
                Data = ByteString.CopyFrom(fact.Data.Span),
            });
        }
    }

    /// <exception cref="StoreException">The bytes are damaged, or of a newer format.</exception>
    public static PersonRecord Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stored.PersonRecord stored = Stored.PersonRecord.Parser.ParseFrom(bytes);
            return stored.Format switch
            {
                Format => Read(stored),
                > Format => throw new StoreException(
                    StoreFailure.Newer,
                    $"A person's record has format {stored.Format}; this version reads up to {Format}. Run the "
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
                isMoved = fields.Field == Stored.PersonRecord.MovedFieldNumber;
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

    private static PersonRecord Read(Stored.PersonRecord stored)
    {
        Texts texts = new(stored.Symbols);
        TraitsReader traits = new(stored.Traits.Span, texts);
        return new PersonRecord
        {
            LastSeen = Instant.FromUnixTimeTicks(stored.LastSeen),
            LastNumber = new ContactNumber(stored.LastNumber),
            Person = new Person
            {
                Zone = ReadZone(texts[stored.Zone]),
                Country = texts[stored.Country],
                Zones = stored.Zones.Count == 0
                    ? []
                    : [.. stored.Zones.Select(id => ReadZone(texts.Required(id))).OfType<DateTimeZone>()],
                Attributes = ReadAttributes(stored, texts),
                Ledger = Ledger.Of(
                    ContactColumns.Read(stored.Ledger.Span, traits, texts),
                    EventColumns.Read(stored.Events, traits, texts)),
                Consents = GivenConsentColumns.Read(stored.Consents, texts),
                Holds = stored.Holds.Count == 0 ? [] : [.. stored.Holds.Select(texts.Required)],
                Statements = ConsentColumns.Read(stored.Statements, texts),
                Snoozes = ConsentColumns.Read(stored.Snoozes, texts),
                Limits = ConsentColumns.Read(stored.Limits, texts),
                Pools = ReadPools(stored, texts),
                QuietTimes = QuietColumns.Read(stored.QuietTimes, texts),
            },
            History = HistoryColumns.Read(stored.History, texts),
            HistoryForgotten = (int)(stored.History?.Forgotten ?? 0),
            Refusals = RefusalColumns.Read(stored.Refusals, texts),
            Answers = Columns.Read(stored.Answers, static answer => new PackedAnswer(answer)),
            Aliases = Columns.Read(stored.Aliases, AliasCodec.Read),
            Moved = AliasCodec.Read(stored.Moved),
            Erasure = stored.Erasure,
            ToldFrom = stored.ToldFrom == 0 ? null : Instant.FromUnixTimeTicks(stored.ToldFrom),
            Outbox = Columns.Read(stored.Outbox, fact => new JournalFact(
                fact.Id, Instant.FromUnixTimeTicks(fact.At), texts.Required(fact.Kind), fact.Subject,
                    fact.Data.Memory)),
        };
    }

    private static ImmutableSortedDictionary<string, string> ReadAttributes(Stored.PersonRecord stored, Texts texts)
    {
        if (stored.AttributeNames.Count == 0)
        {
            return NoAttributes;
        }

        ImmutableSortedDictionary<string, string>.Builder attributes =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < stored.AttributeNames.Count; i++)
        {
            attributes.Add(
                texts.Required(stored.AttributeNames[i]),
                texts.Required(Columns.At(stored.AttributeValues, i, stored.AttributeNames.Count)));
        }

        return attributes.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, Pool> ReadPools(Stored.PersonRecord stored, Texts texts)
    {
        ImmutableSortedDictionary<string, Pool> pools = Person.Unknown.Pools;
        for (int i = 0; i < stored.PoolKinds.Count; i++)
        {
            pools = pools.Add(
                texts.Required(stored.PoolKinds[i]),
                new Pool(texts.Required(Columns.At(stored.Pools, i, stored.PoolKinds.Count))));
        }

        return pools;
    }

    /// <remarks>
    /// A zone that the time zone database has dropped is as good as unknown: every candidate counts again.
    /// </remarks>
    private static DateTimeZone? ReadZone(string? id) =>
        id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
}
