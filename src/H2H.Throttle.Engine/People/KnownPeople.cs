using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.People;

/// <summary>The records of people used of late, for guessing what the store holds. Safe from any thread.</summary>
/// <remarks>
/// Whoever is looked for again is a regular, and regulars may fill four fifths of the room. So people who are dealt
/// with again and again stay known as long as their records fit in there, however many are met once in between. Of
/// regulars, and of the others, those go first who were not used for longest (a segmented LRU: Karedla, Love and
/// Wherry, "Caching strategies to improve disk system performance", Computer 27/3, 1994). Nothing here may be an
/// answer: it may be out of date at any time.
/// </remarks>
/// <param name="peopleMax">How many at most; fewer than 2 keep none.</param>
/// <param name="bytesMax">How much memory they may take, about; what takes more than half of it is not kept.</param>
internal sealed class KnownPeople(int peopleMax, long bytesMax)
{
    private readonly Lock gate = new();
    private readonly Dictionary<PersonKey, LinkedListNode<Entry>> places = [];
    private readonly LinkedList<Entry> regulars = new();   // in both the one used last is the last
    private readonly LinkedList<Entry> others = new();
    private long bytes;
    private long regularBytes;
    private long drawn;

    /// <summary>How many there are, and what they take up, about.</summary>
    public (int Count, long Bytes) Size
    {
        get
        {
            lock (gate)
            {
                return (places.Count, bytes);
            }
        }
    }

    /// <summary>A number, higher than all before: tells what came first in this process. From 1.</summary>
    public long Draw() => Interlocked.Increment(ref drawn);

    /// <summary>Null if the person is not known.</summary>
    public KnownPerson? Find(PersonKey person)
    {
        lock (gate)
        {
            if (!places.TryGetValue(person, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            KnownPerson known = node.Value.Known;
            Unlink(node);
            node.Value = node.Value with { IsRegular = true };
            Link(node);
            return known;
        }
    }

    /// <summary>Keeps what a load, or a save that was refused, answered. An absent record is not kept.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="record">What was answered.</param>
    /// <param name="asOf">Drawn before it was asked for.</param>
    public KnownPerson See(PersonKey person, Record record, long asOf)
    {
        lock (gate)
        {
            KnownPerson? before = places.GetValueOrDefault(person)?.Value.Known;
            bool isSame = before?.Record.Version == record.Version;
            if (isSame && before!.AsOf >= asOf)
            {
                return before;
            }

            KnownPerson seen = isSame ? before! with { AsOf = asOf }
                : record.Exists ? new KnownPerson(record, IsInJournal: false, asOf)
                : KnownPerson.New with { AsOf = asOf };
            Put(person, record.Exists ? seen : null);
            return seen;
        }
    }

    /// <summary>Keeps what was saved.</summary>
    public void Keep(PersonKey person, KnownPerson saved)
    {
        lock (gate)
        {
            Put(person, saved);
        }
    }

    private void Put(PersonKey person, KnownPerson? known)
    {
        bool isKept = known is not null && peopleMax >= 2 && known.Bytes <= bytesMax / 2;
        if (places.TryGetValue(person, out LinkedListNode<Entry>? node))
        {
            Unlink(node);
            if (isKept)
            {
                node.Value = node.Value with { Known = known! };
                Link(node);
            }
            else
            {
                places.Remove(person);
            }
        }
        else if (isKept)
        {
            node = new LinkedListNode<Entry>(new Entry(person, known!, IsRegular: false));
            places.Add(person, node);
            Link(node);
        }
    }

    /// <summary>As the one used last; whoever has no room any more goes.</summary>
    private void Link(LinkedListNode<Entry> node)
    {
        Add(node);
        while (regulars.Count > Share(peopleMax) || regularBytes > Share(bytesMax))
        {
            LinkedListNode<Entry> least = regulars.First!;
            Unlink(least);
            least.Value = least.Value with { IsRegular = false };
            Add(least);
        }

        while (places.Count > peopleMax || bytes > bytesMax)
        {
            LinkedListNode<Entry> least = others.First ?? regulars.First!;
            Unlink(least);
            places.Remove(least.Value.Person);
        }
    }

    private void Add(LinkedListNode<Entry> node)
    {
        (node.Value.IsRegular ? regulars : others).AddLast(node);
        bytes += node.Value.Known.Bytes;
        regularBytes += node.Value.IsRegular ? node.Value.Known.Bytes : 0;
    }

    private void Unlink(LinkedListNode<Entry> node)
    {
        node.List!.Remove(node);
        bytes -= node.Value.Known.Bytes;
        regularBytes -= node.Value.IsRegular ? node.Value.Known.Bytes : 0;
    }

    private static long Share(long room) => room / 5 * 4;

    private readonly record struct Entry(PersonKey Person, KnownPerson Known, bool IsRegular);
}
