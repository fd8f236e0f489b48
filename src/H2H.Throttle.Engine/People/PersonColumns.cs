using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using NodaTime;
using Fields = H2H.Throttle.Engine.People.Stored.PersonRecord;

namespace H2H.Throttle.Engine.People;

/// <summary>The fields of a record that say who somebody is to the rules.</summary>
internal static class PersonColumns
{
    private static readonly ImmutableSortedDictionary<string, string> NoAttributes =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <remarks>Texts are numbered as they come, so the order of these lines is that of all that is stored.</remarks>
    public static void Write(ColumnWriter fields, Person person, TraitsWriter traits)
    {
        Symbols symbols = traits.Symbols;
        fields.Write(Fields.ZoneFieldNumber, symbols[person.Zone?.Id]);
        fields.Write(Fields.CountryFieldNumber, symbols[person.Country]);
        fields.Write(
            Fields.ZonesFieldNumber, person.Zones.AsSpan(), symbols, static (in zone, texts) => texts[zone.Id]);
        WriteAttributes(fields, person, symbols);
        fields.WriteMessage(Fields.LedgerFieldNumber, person.Ledger.Contacts.AsSpan(), traits, ContactColumns.Write);
        fields.WriteMessage(
            Fields.StatementsFieldNumber, person.Statements.Items.AsSpan(), symbols, ConsentColumns.Write);
        fields.WriteMessage(Fields.SnoozesFieldNumber, person.Snoozes.AsSpan(), symbols, ConsentColumns.Write);
        fields.WriteMessage(Fields.EventsFieldNumber, person.Ledger.Events.AsSpan(), traits, EventColumns.Write);
        fields.WriteMessage(Fields.ConsentsFieldNumber, person.Consents.AsSpan(), symbols, GivenConsentColumns.Write);
        WriteHolds(fields, person, symbols);
        fields.WriteMessage(Fields.LimitsFieldNumber, person.Limits.AsSpan(), symbols, ConsentColumns.Write);
        WritePools(fields, person, symbols);
        fields.WriteMessage(Fields.QuietTimesFieldNumber, person.QuietTimes.AsSpan(), symbols, QuietColumns.Write);
    }

    private static void WriteAttributes(ColumnWriter fields, Person person, Symbols symbols)
    {
        if (person.Attributes.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<KeyValuePair<string, string>> attributes = [.. person.Attributes];
        foreach ((string name, string value) in attributes)
        {
            _ = (symbols[name], symbols[value]);   // in turn
        }

        fields.Write(Fields.AttributeNamesFieldNumber, attributes, symbols, static (in one, texts) => texts[one.Key]);
        fields.Write(
            Fields.AttributeValuesFieldNumber, attributes, symbols, static (in one, texts) => texts[one.Value]);
    }

    private static void WriteHolds(ColumnWriter fields, Person person, Symbols symbols)
    {
        if (!person.Holds.IsEmpty)
        {
            ReadOnlySpan<string> holds = [.. person.Holds];
            fields.Write(Fields.HoldsFieldNumber, holds, symbols, static (in hold, texts) => texts[hold]);
        }
    }

    private static void WritePools(ColumnWriter fields, Person person, Symbols symbols)
    {
        if (!person.Pools.IsEmpty)
        {
            ReadOnlySpan<KeyValuePair<string, Pool>> pools = [.. person.Pools];
            fields.Write(Fields.PoolKindsFieldNumber, pools, symbols, static (in pool, texts) => texts[pool.Key]);
            fields.Write(Fields.PoolsFieldNumber, pools, symbols, static (in pool, texts) => texts[pool.Value.Key]);
        }
    }

    /// <exception cref="FormatException">They are damaged.</exception>
    public static Person Read(in PersonFields fields, Texts texts)
    {
        TraitsReader traits = new(fields[Fields.TraitsFieldNumber], texts);
        NumberColumn zones = fields.Column(Fields.ZonesFieldNumber);
        NumberColumn holds = fields.Column(Fields.HoldsFieldNumber);
        return new Person
        {
            Zone = ReadZone(texts[fields.Number(Fields.ZoneFieldNumber)]),
            Country = texts[fields.Number(Fields.CountryFieldNumber)],
            Zones = zones.IsEmpty
                ? []
                : [.. texts.Next(ref zones, (uint)zones.Count).Select(ReadZone).OfType<DateTimeZone>()],
            Attributes = ReadAttributes(fields, texts),
            Ledger = Ledger.Of(
                ContactColumns.Read(fields[Fields.LedgerFieldNumber], traits, texts),
                EventColumns.Read(fields[Fields.EventsFieldNumber], traits, texts)),
            Consents = GivenConsentColumns.Read(fields[Fields.ConsentsFieldNumber], texts),
            Holds = holds.IsEmpty ? [] : [.. texts.Next(ref holds, (uint)holds.Count)],
            Statements = ConsentColumns.ReadStatements(fields[Fields.StatementsFieldNumber], texts),
            Snoozes = ConsentColumns.ReadSnoozes(fields[Fields.SnoozesFieldNumber], texts),
            Limits = ConsentColumns.ReadLimits(fields[Fields.LimitsFieldNumber], texts),
            Pools = ReadPools(fields, texts),
            QuietTimes = QuietColumns.Read(fields[Fields.QuietTimesFieldNumber], texts),
        };
    }

    private static ImmutableSortedDictionary<string, string> ReadAttributes(in PersonFields fields, Texts texts)
    {
        NumberColumn names = fields.Column(Fields.AttributeNamesFieldNumber);
        if (names.IsEmpty)
        {
            return NoAttributes;
        }

        int rows = names.Count;
        NumberColumn values = fields.Column(Fields.AttributeValuesFieldNumber).Of(rows);
        ImmutableSortedDictionary<string, string>.Builder attributes = NoAttributes.ToBuilder();
        for (int i = 0; i < rows; i++)
        {
            attributes.Add(texts.Required(names.Next()), texts.Required(values.Next()));
        }

        return attributes.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, Pool> ReadPools(in PersonFields fields, Texts texts)
    {
        NumberColumn kinds = fields.Column(Fields.PoolKindsFieldNumber);
        int rows = kinds.Count;
        NumberColumn keys = fields.Column(Fields.PoolsFieldNumber).Of(rows);
        ImmutableSortedDictionary<string, Pool> pools = Person.Unknown.Pools;
        for (int i = 0; i < rows; i++)
        {
            pools = pools.Add(texts.Required(kinds.Next()), new Pool(texts.Required(keys.Next())));
        }

        return pools;
    }

    /// <remarks>
    /// A zone that the time zone database has dropped is as good as unknown: every candidate counts again.
    /// </remarks>
    private static DateTimeZone? ReadZone(string? id) =>
        id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
}
