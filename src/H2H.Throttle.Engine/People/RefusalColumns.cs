using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Denied attempts, column by column.</summary>
internal static class RefusalColumns
{
    /// <summary>Null if there are none.</summary>
    public static Stored.Refusals? Write(ImmutableArray<Refusals> refusals, Symbols symbols)
    {
        if (refusals.IsEmpty)
        {
            return null;
        }

        Stored.Refusals stored = new();
        long before = 0;
        foreach (Refusals one in refusals)
        {
            long at = one.LastAt.ToUnixTimeTicks();
            stored.Channels.Add(symbols[one.Channel]);
            stored.Purposes.Add(symbols[one.Purpose]);
            stored.Counts.Add((uint)one.Count);
            stored.AtDeltas.Add(at - before);
            before = at;
        }

        Columns.Write(stored.Brands, refusals.Select(one => symbols[one.Brand]));
        Columns.Write(stored.Topics, refusals.Select(one => symbols[one.Topic]));
        return stored;
    }

    public static ImmutableArray<Refusals> Read(Stored.Refusals? stored, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.Channels.Count;
        ImmutableArray<Refusals>.Builder refusals = ImmutableArray.CreateBuilder<Refusals>(rows);
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += Columns.At(stored.AtDeltas, i, rows);
            refusals.Add(new Refusals(
                texts.Required(stored.Channels[i]),
                texts.Required(Columns.At(stored.Purposes, i, rows)),
                texts[Columns.At(stored.Brands, i, rows)],
                texts[Columns.At(stored.Topics, i, rows)],
                (int)Columns.At(stored.Counts, i, rows),
                Instant.FromUnixTimeTicks(ticks)));
        }

        return refusals.ToImmutable();
    }
}
