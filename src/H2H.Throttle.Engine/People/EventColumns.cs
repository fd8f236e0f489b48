using System.Collections.Immutable;
using System.Runtime.InteropServices;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Events, column by column.</summary>
internal static class EventColumns
{
    public static void Write(ColumnWriter columns, ReadOnlySpan<LedgerEvent> events, TraitsWriter traits)
    {
        columns.Write(1, events, traits.Symbols, static (in e, texts) => texts[e.Name]);
        columns.WriteDeltas(2, events, static (in e) => e.At);
        columns.Write(3, events, traits, static (in e, known) => known[e.Traits]);
    }

    /// <param name="stored">An <c>Events</c>; empty: there are none.</param>
    /// <param name="traits">Of the same record.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<LedgerEvent> Read(ReadOnlySpan<byte> stored, TraitsReader traits, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn names = columns[1];
        LedgerEvent[] events = new LedgerEvent[names.Count];
        NumberColumn deltas = columns[2, events.Length];
        NumberColumn places = columns[3, events.Length];
        long ticks = 0;
        for (int i = 0; i < events.Length; i++)
        {
            ticks += deltas.NextSigned();
            events[i] = new LedgerEvent(
                texts.Required(names.Next()), Instant.FromUnixTimeTicks(ticks), traits[places.Next()]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(events);
    }
}
