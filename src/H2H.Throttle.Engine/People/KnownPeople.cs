using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.People;

/// <summary>The records of people used of late, for guessing what the store holds. Safe from any thread.</summary>
/// <remarks>
/// Two generations: what is used is young; when the young fill half the room, the old are forgotten and the young are
/// the old. Nothing here may be an answer: it may be out of date at any time.
/// </remarks>
/// <param name="peopleMax">How many at most; 0 keeps none.</param>
/// <param name="bytesMax">How much memory they may take, about; 0 keeps none.</param>
internal sealed class KnownPeople(int peopleMax, long bytesMax)
{
    private readonly Lock gate = new();
    private Dictionary<PersonKey, KnownPerson> young = [];
    private Dictionary<PersonKey, KnownPerson> old = [];
    private long youngBytes;
    private long oldBytes;
    private long drawn;

    /// <summary>How many there are, and what they take up, about.</summary>
    public (int Count, long Bytes) Size
    {
        get
        {
            lock (gate)
            {
                return (young.Count + old.Count, youngBytes + oldBytes);
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
            if (young.TryGetValue(person, out KnownPerson? known))
            {
                return known;
            }

            if (old.Remove(person, out known))
            {
                oldBytes -= known.Bytes;
                Add(person, known);
            }

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
            KnownPerson? before = young.GetValueOrDefault(person) ?? old.GetValueOrDefault(person);
            bool isSame = before?.Record.Version == record.Version;
            if (isSame && before!.AsOf >= asOf)
            {
                return before;
            }

            Remove(person);
            KnownPerson seen = isSame ? before! with { AsOf = asOf }
                : record.Exists ? new KnownPerson(record, IsInJournal: false, asOf)
                : KnownPerson.New;
            if (record.Exists)
            {
                Add(person, seen);
            }

            return seen;
        }
    }

    /// <summary>Keeps what was saved.</summary>
    public void Keep(PersonKey person, KnownPerson saved)
    {
        lock (gate)
        {
            Remove(person);
            Add(person, saved);
        }
    }

    private void Remove(PersonKey person)
    {
        if (old.Remove(person, out KnownPerson? gone))
        {
            oldBytes -= gone.Bytes;
        }

        if (young.Remove(person, out KnownPerson? before))
        {
            youngBytes -= before.Bytes;
        }
    }

    private void Add(PersonKey person, KnownPerson known)
    {
        if (peopleMax < 2 || known.Bytes > bytesMax / 2)
        {
            return;
        }

        if (young.Count >= peopleMax / 2 || youngBytes + known.Bytes > bytesMax / 2)
        {
            (old, oldBytes, young, youngBytes) = (young, youngBytes, [], 0);
        }

        young.Add(person, known);
        youngBytes += known.Bytes;
    }
}
