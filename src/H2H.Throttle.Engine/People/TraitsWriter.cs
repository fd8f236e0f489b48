using System.Runtime.InteropServices;
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

    public Stored.Traits ToColumns()
    {
        Stored.Traits stored = new();
        ReadOnlySpan<ContactTraits> rows = CollectionsMarshal.AsSpan(list);
        Columns.Write(stored.Channels, rows, symbols, static (t, texts) => texts[t.Channel]);
        Columns.Write(stored.Purposes, rows, symbols, static (t, texts) => texts[t.Purpose]);
        Columns.Write(stored.Brands, rows, symbols, static (t, texts) => texts[t.Brand]);
        Columns.Write(stored.Campaigns, rows, symbols, static (t, texts) => texts[t.Campaign]);
        Columns.Write(stored.Topics, rows, symbols, static (t, texts) => texts[t.Topic]);
        Columns.Write(stored.Senders, rows, symbols, static (t, texts) => texts[t.Sender]);
        Columns.Write(stored.Countries, rows, symbols, static (t, texts) => texts[t.Country]);
        Columns.Write(stored.Addresses, rows, symbols, static (t, texts) => texts[t.Address]);
        Columns.Write(stored.Directions, rows, static t => (uint)t.Direction);
        Columns.Write(stored.Priorities, rows, static t => (uint)t.Priority);
        Columns.Write(stored.SubjectCounts, rows, static t => (uint)t.Subjects.Length);
        Columns.Write(stored.LabelCounts, rows, static t => (uint)t.Labels.Count);
        WriteLists(stored, rows);
        return stored;
    }

    private void WriteLists(Stored.Traits stored, ReadOnlySpan<ContactTraits> rows)
    {
        foreach (ContactTraits traits in rows)
        {
            foreach (string subject in traits.Subjects)
            {
                stored.Subjects.Add(symbols[subject]);
            }
        }

        foreach (ContactTraits traits in rows)
        {
            foreach ((string name, _) in traits.Labels)
            {
                stored.LabelNames.Add(symbols[name]);
            }
        }

        foreach (ContactTraits traits in rows)
        {
            foreach ((_, string value) in traits.Labels)
            {
                stored.LabelValues.Add(symbols[value]);
            }
        }
    }
}
