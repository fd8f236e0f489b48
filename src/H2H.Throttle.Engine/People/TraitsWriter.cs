using System.Runtime.InteropServices;
using Google.Protobuf;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// Gathers the distinct traits of a record that is being written, and lays them out column by column.
/// </summary>
internal sealed class TraitsWriter(Symbols symbols)
{
    private const int FewMax = 8;   // so few are found sooner by looking at each

    private readonly List<ContactTraits> list = [];
    private Dictionary<ContactTraits, uint>? places;

    /// <summary>The texts of the same record.</summary>
    public Symbols Symbols { get; } = symbols;

    /// <summary>All of them by their place.</summary>
    public ReadOnlySpan<ContactTraits> All => CollectionsMarshal.AsSpan(list);

    /// <summary>The place of these traits, from 0.</summary>
    public uint this[ContactTraits traits]
    {
        get
        {
            if (places is not null)
            {
                if (!places.TryGetValue(traits, out uint place))
                {
                    place = (uint)list.Count;
                    list.Add(traits);
                    places.Add(traits, place);
                }

                return place;
            }

            int known = list.IndexOf(traits);
            return known >= 0 ? (uint)known : AddToFew(traits);
        }
    }

    private uint AddToFew(ContactTraits traits)
    {
        list.Add(traits);
        if (list.Count > FewMax)
        {
            places = [];
            foreach (ContactTraits one in list)
            {
                places.Add(one, (uint)places.Count);
            }
        }

        return (uint)list.Count - 1;
    }

    /// <summary>A <c>Traits</c> of all of them; empty if there are none.</summary>
    public ByteString ToColumns() => ColumnWriter.BytesOf(All, Symbols, Write);

    public static void Write(ColumnWriter columns, ReadOnlySpan<ContactTraits> rows, Symbols symbols)
    {
        columns.Write(1, rows, symbols, static (in t, texts) => texts[t.Channel]);
        columns.Write(2, rows, symbols, static (in t, texts) => texts[t.Purpose]);
        columns.Write(3, rows, symbols, static (in t, texts) => texts[t.Brand]);
        columns.Write(4, rows, symbols, static (in t, texts) => texts[t.Campaign]);
        columns.Write(5, rows, symbols, static (in t, texts) => texts[t.Topic]);
        columns.Write(6, rows, symbols, static (in t, texts) => texts[t.Sender]);
        columns.Write(7, rows, symbols, static (in t, texts) => texts[t.Country]);
        columns.Write(8, rows, symbols, static (in t, texts) => texts[t.Address]);
        columns.Write(9, rows, symbols, static (in t, _) => (uint)t.Direction);
        columns.Write(10, rows, symbols, static (in t, _) => (uint)t.Priority);
        columns.Write(11, rows, symbols, static (in t, _) => (uint)t.Subjects.Length);
        WriteSubjects(columns, rows, symbols);
        columns.Write(13, rows, symbols, static (in t, _) => (uint)t.Labels.Count);
        ReadOnlySpan<KeyValuePair<string, string>> labels = LabelsOf(rows);
        columns.Write(14, labels, symbols, static (in label, texts) => texts[label.Key]);
        columns.Write(15, labels, symbols, static (in label, texts) => texts[label.Value]);
    }

    private static void WriteSubjects(ColumnWriter columns, ReadOnlySpan<ContactTraits> rows, Symbols symbols)
    {
        int start = columns.Begin();
        foreach (ContactTraits traits in rows)
        {
            foreach (string subject in traits.Subjects)
            {
                columns.Add(symbols[subject]);
            }
        }

        columns.End(12, start);
    }

    private static ReadOnlySpan<KeyValuePair<string, string>> LabelsOf(ReadOnlySpan<ContactTraits> rows)
    {
        List<KeyValuePair<string, string>>? labels = null;
        foreach (ContactTraits traits in rows)
        {
            if (!traits.Labels.IsEmpty)
            {
                (labels ??= []).AddRange(traits.Labels);
            }
        }

        return CollectionsMarshal.AsSpan(labels);
    }
}
