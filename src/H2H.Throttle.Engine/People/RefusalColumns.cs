using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Denied attempts, column by column.</summary>
internal static class RefusalColumns
{
    public static void Write(ColumnWriter columns, ReadOnlySpan<Refusals> refusals, Symbols symbols)
    {
        // Channels and purposes are texts in turn: so they always were.
        foreach (Refusals one in refusals)
        {
            _ = (symbols[one.Channel], symbols[one.Purpose]);
        }

        columns.Write(1, refusals, symbols, static (in one, texts) => texts[one.Channel]);
        columns.Write(2, refusals, symbols, static (in one, texts) => texts[one.Purpose]);
        columns.Write(3, refusals, symbols, static (in one, texts) => texts[one.Brand]);
        columns.Write(4, refusals, 0, static (in one, _) => (uint)one.Count);
        columns.WriteDeltas(5, refusals, static (in one) => one.LastAt);
        columns.Write(6, refusals, symbols, static (in one, texts) => texts[one.Topic]);
    }

    /// <param name="stored">A <c>Refusals</c>; empty: there are none.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<Refusals> Read(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn channels = columns[1];
        int rows = channels.Count;
        NumberColumn purposes = columns[2, rows];
        NumberColumn brands = columns[3, rows];
        NumberColumn counts = columns[4, rows];
        NumberColumn deltas = columns[5, rows];
        NumberColumn topics = columns[6, rows];
        Refusals[] refusals = new Refusals[rows];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += deltas.NextSigned();
            refusals[i] = new Refusals(
                texts.Required(channels.Next()),
                texts.Required(purposes.Next()),
                texts[brands.Next()],
                texts[topics.Next()],
                (int)counts.Next(),
                Instant.FromUnixTimeTicks(ticks));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(refusals);
    }
}
