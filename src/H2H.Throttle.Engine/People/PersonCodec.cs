using System.Collections.Immutable;
using Google.Protobuf;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Identity;
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
        stored.Zones.AddRange(person.Zones.Select(zone => symbols[zone.Id]));
        foreach ((string name, string value) in person.Attributes)
        {
            stored.AttributeNames.Add(symbols[name]);
            stored.AttributeValues.Add(symbols[value]);
        }

        stored.Ledger = ContactColumns.Write(person.Ledger.Contacts, traits, symbols);
        stored.Statements = ConsentColumns.Write(person.Statements, symbols);
        stored.Snoozes = ConsentColumns.Write(person.Snoozes, symbols);
        stored.Events = EventColumns.Write(person.Ledger.Events, traits, symbols);
        stored.Consents = GivenConsentColumns.Write(person.Consents, symbols);
        stored.Holds.AddRange(person.Holds.Select(hold => symbols[hold]));
        stored.Limits = ConsentColumns.Write(person.Limits, symbols);
        stored.PoolKinds.AddRange(person.Pools.Keys.Select(kind => symbols[kind]));
        stored.Pools.AddRange(person.Pools.Values.Select(pool => symbols[pool.Key]));
        stored.QuietTimes = QuietColumns.Write(person.QuietTimes, symbols);
        stored.History = HistoryColumns.Write(record.History, record.HistoryForgotten, symbols);
        stored.Refusals = RefusalColumns.Write(record.Refusals, symbols);
        stored.Answers.AddRange(record.Answers.Select(Write));
        stored.Aliases.AddRange(record.Aliases.Select(AliasCodec.Write));
        stored.Moved = AliasCodec.Write(record.Moved);
        stored.Erasure = record.Erasure;
        stored.ToldFrom = record.ToldFrom?.ToUnixTimeTicks() ?? 0;
        stored.Outbox.AddRange(record.Outbox.Select(fact => new Stored.Fact
        {
            Id = fact.Id,
            At = fact.At.ToUnixTimeTicks(),
            Kind = symbols[fact.Kind],
            Subject = fact.Subject,
            Data = ByteString.CopyFrom(fact.Data.Span),
        }));
        stored.Traits = traits.ToColumns();
        return stored.ToByteArray();
    }

    private static Stored.Answer Write(KeptAnswer answer) => new()
    {
        Request = answer.Request,
        Content = answer.Content,
        At = answer.At.ToUnixTimeTicks(),
        Counted = answer.HasCounted,
        Body = UnsafeByteOperations.UnsafeWrap(answer.Body),
        Via = answer.Via?.Text ?? "",
        NumberedBy = answer.NumberedBy?.Text ?? "",
    };

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
            throw new StoreException(StoreFailure.Damaged, "A person's record is damaged.", damage);
        }
    }

    private static PersonRecord Read(Stored.PersonRecord stored)
    {
        Texts texts = new(stored.Symbols);
        TraitsReader traits = new(stored.Traits ?? new Stored.Traits(), texts);
        ImmutableSortedDictionary<string, string>.Builder attributes =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < stored.AttributeNames.Count; i++)
        {
            attributes.Add(
                texts.Required(stored.AttributeNames[i]),
                texts.Required(Columns.At(stored.AttributeValues, i, stored.AttributeNames.Count)));
        }

        return new PersonRecord
        {
            LastSeen = Instant.FromUnixTimeTicks(stored.LastSeen),
            LastNumber = new ContactNumber(stored.LastNumber),
            Person = new Person
            {
                Zone = ReadZone(texts[stored.Zone]),
                Country = texts[stored.Country],
                Zones = [.. stored.Zones.Select(id => ReadZone(texts.Required(id))).OfType<DateTimeZone>()],
                Attributes = attributes.ToImmutable(),
                Ledger = Ledger.Of(
                    ContactColumns.Read(stored.Ledger, traits, texts), EventColumns.Read(stored.Events, traits, texts)),
                Consents = GivenConsentColumns.Read(stored.Consents, texts),
                Holds = [.. stored.Holds.Select(texts.Required)],
                Statements = ConsentColumns.Read(stored.Statements, texts),
                Snoozes = ConsentColumns.Read(stored.Snoozes, texts),
                Limits = ConsentColumns.Read(stored.Limits, texts),
                Pools = ReadPools(stored, texts),
                QuietTimes = QuietColumns.Read(stored.QuietTimes, texts),
            },
            History = HistoryColumns.Read(stored.History, texts),
            HistoryForgotten = (int)(stored.History?.Forgotten ?? 0),
            Refusals = RefusalColumns.Read(stored.Refusals, texts),
            Answers = [.. stored.Answers.Select(Read)],
            Aliases = [.. stored.Aliases.Select(AliasCodec.Read)],
            Moved = AliasCodec.Read(stored.Moved),
            Erasure = stored.Erasure,
            ToldFrom = stored.ToldFrom == 0 ? null : Instant.FromUnixTimeTicks(stored.ToldFrom),
            Outbox =
            [
                .. stored.Outbox.Select(fact => new JournalFact(
                    fact.Id, Instant.FromUnixTimeTicks(fact.At), texts.Required(fact.Kind), fact.Subject,
                        fact.Data.Memory)),
            ],
        };
    }

    private static KeptAnswer Read(Stored.Answer answer) => new(
        answer.Request,
        answer.Content,
        Instant.FromUnixTimeTicks(answer.At),
        answer.Counted,
        answer.Body.Memory)
    {
        Via = ReadKey(answer.Via),
        NumberedBy = ReadKey(answer.NumberedBy),
    };

    private static PersonKey? ReadKey(string text) => text.Length == 0 ? null : new PersonKey(text);

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
