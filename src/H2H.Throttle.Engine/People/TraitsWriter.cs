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
    public ByteString ToColumns()
    {
        if (list.Count == 0)
        {
            return ByteString.Empty;
        }

        ColumnWriter columns = new();
        ReadOnlySpan<ContactTraits> rows = CollectionsMarshal.AsSpan(list);
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
        columns.Write(12, Gather(static traits => traits.Subjects));
        columns.Write(13, rows, symbols, static (in t, _) => (uint)t.Labels.Count);
        columns.Write(14, Gather(static traits => traits.Labels.Keys));
        columns.Write(15, Gather(static traits => traits.Labels.Values));
        return columns.ToBytes();
    }

    private ulong[] Gather(Func<ContactTraits, IEnumerable<string>> textsOf) =>
        list.TrueForAll(static traits => traits.Subjects.IsEmpty && traits.Labels.IsEmpty)
            ? []
            : [.. list.SelectMany(textsOf).Select(text => (ulong)symbols[text])];
}
