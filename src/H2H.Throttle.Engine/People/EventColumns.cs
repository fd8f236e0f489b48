using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Events, column by column.</summary>
internal static class EventColumns
{
    /// <summary>Null if there are none.</summary>
    public static Stored.Events? Write(ImmutableArray<LedgerEvent> events, TraitsWriter traits, Symbols symbols)
    {
        if (events.IsEmpty)
        {
            return null;
        }

        Stored.Events stored = new();
        long before = 0;
        foreach (LedgerEvent happened in events)
        {
            long at = happened.At.ToUnixTimeTicks();
            stored.Names.Add(symbols[happened.Name]);
            stored.AtDeltas.Add(at - before);
            before = at;
        }

        Columns.Write(stored.Traits, events.Select(happened => traits[happened.Traits]));
        return stored;
    }

    public static ImmutableArray<LedgerEvent> Read(Stored.Events? stored, TraitsReader traits, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.Names.Count;
        ImmutableArray<LedgerEvent>.Builder events = ImmutableArray.CreateBuilder<LedgerEvent>(rows);
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += Columns.At(stored.AtDeltas, i, rows);
            events.Add(new LedgerEvent(
                texts.Required(stored.Names[i]),
                Instant.FromUnixTimeTicks(ticks),
                traits[Columns.At(stored.Traits, i, rows)]));
        }

        return events.ToImmutable();
    }
}
