using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// The traits of a record that is being read, by their place from 0. Equal places share one instance.
/// </summary>
internal sealed class TraitsReader
{
    private readonly ContactTraits[] list;

    /// <param name="stored">A <c>Traits</c>; empty: there are none.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public TraitsReader(ReadOnlySpan<byte> stored, Texts texts)
    {
        ColumnReader columns = new(stored);
        NumberColumn channels = columns[1];
        int rows = channels.Count;
        NumberColumn purposes = columns[2, rows];
        NumberColumn brands = columns[3, rows];
        NumberColumn campaigns = columns[4, rows];
        NumberColumn topics = columns[5, rows];
        NumberColumn senders = columns[6, rows];
        NumberColumn countries = columns[7, rows];
        NumberColumn addresses = columns[8, rows];
        NumberColumn directions = columns[9, rows];
        NumberColumn priorities = columns[10, rows];
        NumberColumn subjectCounts = columns[11, rows];
        NumberColumn subjects = columns[12];
        NumberColumn labelCounts = columns[13, rows];
        NumberColumn labelNames = columns[14];
        NumberColumn labelValues = columns[15];
        list = new ContactTraits[rows];
        for (int i = 0; i < rows; i++)
        {
            list[i] = new ContactTraits(
                texts.Required(channels.Next()), texts.Required(purposes.Next()), isOfEvent: true)
            {
                Brand = texts[brands.Next()],
                Campaign = texts[campaigns.Next()],
                Topic = texts[topics.Next()],
                Sender = texts[senders.Next()],
                Country = texts[countries.Next()],
                Address = texts[addresses.Next()],
                Direction = directions.Next() == 1 ? Direction.In : Direction.Out,
                Priority = (int)priorities.Next(),
                Subjects = texts.Next(ref subjects, subjectCounts.Next()),
                Labels = ReadLabels(ref labelNames, ref labelValues, texts, labelCounts.Next()),
            };
        }
    }

    /// <exception cref="FormatException">There is no such place.</exception>
    public ContactTraits this[uint place] => place < list.Length
        ? list[(int)place]
        : throw new FormatException("A contact names traits that its record does not have.");

    private static ImmutableSortedDictionary<string, string> ReadLabels(
        ref NumberColumn names, ref NumberColumn values, Texts texts, uint count)
    {
        if (count == 0)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        ImmutableSortedDictionary<string, string>.Builder read =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (uint i = 0; i < count; i++)
        {
            read.Add(texts.Required(names.Next()), texts.Required(values.Next()));
        }

        return read.ToImmutable();
    }
}
