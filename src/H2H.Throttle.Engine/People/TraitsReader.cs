using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// The traits of a record that is being read, by their place from 0. Equal places share one instance.
/// </summary>
internal sealed class TraitsReader
{
    private readonly ImmutableArray<ContactTraits> list;

    public TraitsReader(Stored.Traits stored, Texts texts)
    {
        int rows = stored.Channels.Count;
        ImmutableArray<ContactTraits>.Builder traits = ImmutableArray.CreateBuilder<ContactTraits>(rows);
        int subject = 0;
        int label = 0;
        for (int i = 0; i < rows; i++)
        {
            traits.Add(new ContactTraits(
                texts.Required(stored.Channels[i]),
                texts.Required(Columns.At(stored.Purposes, i, rows)),
                isOfEvent: true)
            {
                Brand = texts[Columns.At(stored.Brands, i, rows)],
                Campaign = texts[Columns.At(stored.Campaigns, i, rows)],
                Topic = texts[Columns.At(stored.Topics, i, rows)],
                Sender = texts[Columns.At(stored.Senders, i, rows)],
                Country = texts[Columns.At(stored.Countries, i, rows)],
                Address = texts[Columns.At(stored.Addresses, i, rows)],
                Direction = Columns.At(stored.Directions, i, rows) == 1 ? Direction.In : Direction.Out,
                Priority = (int)Columns.At(stored.Priorities, i, rows),
                Subjects = ReadSubjects(stored, texts, ref subject, Columns.At(stored.SubjectCounts, i, rows)),
                Labels = ReadLabels(stored, texts, ref label, Columns.At(stored.LabelCounts, i, rows)),
            });
        }

        list = traits.ToImmutable();
    }

    /// <exception cref="FormatException">There is no such place.</exception>
    public ContactTraits this[uint place] => place < list.Length
        ? list[(int)place]
        : throw new FormatException("A contact names traits that its record does not have.");

    private static ImmutableArray<string> ReadSubjects(Stored.Traits stored, Texts texts, ref int next, uint count)
    {
        if (count == 0)
        {
            return [];
        }

        Require(next + (long)count <= stored.Subjects.Count);
        ImmutableArray<string>.Builder subjects = ImmutableArray.CreateBuilder<string>((int)count);
        for (uint i = 0; i < count; i++)
        {
            subjects.Add(texts.Required(stored.Subjects[next++]));
        }

        return subjects.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadLabels(
        Stored.Traits stored, Texts texts, ref int next, uint count)
    {
        if (count == 0)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        Require(next + (long)count <= stored.LabelNames.Count && stored.LabelNames.Count == stored.LabelValues.Count);
        ImmutableSortedDictionary<string, string>.Builder labels =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (uint i = 0; i < count; i++, next++)
        {
            labels.Add(texts.Required(stored.LabelNames[next]), texts.Required(stored.LabelValues[next]));
        }

        return labels.ToImmutable();
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new FormatException("A list in a record is shorter than its count.");
        }
    }
}
