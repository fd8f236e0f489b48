using System.Collections.Immutable;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>Which parts the journal has, as far as it is known here. Safe from any thread.</summary>
/// <remarks>
/// A part that is full stays so, so what is known of it holds. Only a Redis that lost its latest changes can have lost
/// that too; it shows by the next part being gone, and then is looked up anew.
/// </remarks>
internal sealed class Parts(Link link, KeySpace keys)
{
    private readonly Lock gate = new();
    private ImmutableArray<FullPart> full = [];

    /// <summary>Those that are full, in order; the part after them grows.</summary>
    public ImmutableArray<FullPart> Full
    {
        get
        {
            lock (gate)
            {
                return full;
            }
        }
    }

    /// <summary>To what the first entry of the part after those is chained.</summary>
    public static Head BaseOf(ImmutableArray<FullPart> full) => full.IsEmpty ? Head.Empty : full[^1].Head;

    /// <summary>Which part has the entry after that position, or will have it.</summary>
    public static int Holding(ImmutableArray<FullPart> full, long position)
    {
        int low = 0;
        for (int high = full.Length; low < high;)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = full[middle].Head.Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Looks which part grows. True: it is another than was known.</summary>
    public async ValueTask<bool> LookAsync(CancellationToken cancellation)
    {
        bool hasChanged = false;
        while (true)
        {
            ImmutableArray<FullPart> known = Full;
            ImmutableArray<FullPart> seen = await LookAsync(known, cancellation);
            if (seen == known)
            {
                return hasChanged;
            }

            hasChanged = true;
            lock (gate)
            {
                full = full == known ? seen : full;
            }
        }
    }

    /// <summary>What is known and one part more, or one less; the same if nothing is new.</summary>
    private async ValueTask<ImmutableArray<FullPart>> LookAsync(
        ImmutableArray<FullPart> known, CancellationToken cancellation)
    {
        PartEnd end = await EndOfAsync(known.Length, cancellation);
        if (end.IsFull)
        {
            return known.Add(new FullPart(end.Head, end.LastAt));
        }

        if (!end.IsAbsent || known.IsEmpty)
        {
            return known;
        }

        PartEnd before = await EndOfAsync(known.Length - 1, cancellation);
        return before.IsFull && before.Head.Hash.Span.SequenceEqual(known[^1].Head.Hash.Span) ? known : known[..^1];
    }

    private ValueTask<PartEnd> EndOfAsync(int part, CancellationToken cancellation) => link.AskAsync(
        (keys, part),
        static async (database, asked) =>
        {
            Task<StreamEntry[]> last = database.StreamRangeAsync(
                asked.keys.JournalEntriesOf(asked.part), count: 2, messageOrder: Order.Descending);
            Task<StreamEntry[]> next = database.StreamRangeAsync(
                asked.keys.JournalEntriesOf(asked.part + 1), count: 1);
            return PartEnd.Of(await last, await next);
        },
        cancellation);
}
