using System.Runtime.InteropServices;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// Gathers the distinct traits of a record that is being written, and lays them out column by column.
/// </summary>
internal sealed class TraitsWriter(Symbols symbols)
{
    private readonly Dictionary<ContactTraits, uint> places = [];
    private readonly List<ContactTraits> list = [];

    /// <summary>The place of these traits, from 0.</summary>
    public uint this[ContactTraits traits]
    {
        get
        {
            if (!places.TryGetValue(traits, out uint place))
            {
                place = (uint)list.Count;
                list.Add(traits);
                places.Add(traits, place);
            }

            return place;
        }
    }

    public Stored.Traits ToColumns()
    {
        Stored.Traits stored = new();
        ReadOnlySpan<ContactTraits> rows = CollectionsMarshal.AsSpan(list);
        Columns.Write(stored.Channels, rows, t => symbols[t.Channel]);
        Columns.Write(stored.Purposes, rows, t => symbols[t.Purpose]);
        Columns.Write(stored.Brands, rows, t => symbols[t.Brand]);
        Columns.Write(stored.Campaigns, rows, t => symbols[t.Campaign]);
        Columns.Write(stored.Topics, rows, t => symbols[t.Topic]);
        Columns.Write(stored.Senders, rows, t => symbols[t.Sender]);
        Columns.Write(stored.Countries, rows, t => symbols[t.Country]);
        Columns.Write(stored.Addresses, rows, t => symbols[t.Address]);
        Columns.Write(stored.Directions, rows, static t => (uint)t.Direction);
        Columns.Write(stored.Priorities, rows, static t => (uint)t.Priority);
        Columns.Write(stored.SubjectCounts, rows, static t => (uint)t.Subjects.Length);
        stored.Subjects.AddRange(list.SelectMany(static t => t.Subjects).Select(subject => symbols[subject]));
        Columns.Write(stored.LabelCounts, rows, static t => (uint)t.Labels.Count);
        stored.LabelNames.AddRange(list.SelectMany(static t => t.Labels.Keys).Select(name => symbols[name]));
        stored.LabelValues.AddRange(list.SelectMany(static t => t.Labels.Values).Select(value => symbols[value]));
        return stored;
    }
}
