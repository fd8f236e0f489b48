using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A person's history, column by column.</summary>
internal static class HistoryColumns
{
    public static void Write(
        ColumnWriter columns, ReadOnlySpan<HistoryEntry> history, (int Forgotten, Symbols Symbols) record)
    {
        Symbols symbols = record.Symbols;
        columns.Write(1, history, 0, static (in entry, _) => (uint)entry.Kind);
        columns.WriteDeltas(2, history, static (in entry) => entry.At);
        ScopeColumns.Write(columns, (3, 4, 5, 6), history, symbols, static entry => entry.Scope);
        columns.Write(7, history, symbols, static (in entry, texts) => texts[entry.Consent]);
        columns.Write(8, history, 0, static (in entry, _) =>
            entry.Until is { } until ? Varint.Fold(until.ToUnixTimeTicks()) : 0);
        columns.Write(9, history, symbols, static (in entry, texts) => texts[entry.Source]);
        columns.Write(10, (uint)record.Forgotten);
        columns.Write(11, history, symbols, static (in entry, texts) => texts[entry.By]);
        columns.Write(12, history, symbols, static (in entry, texts) => texts[entry.Through]);
        columns.Write(13, history, symbols, static (in entry, texts) => texts[entry.Wish]);
    }

    /// <param name="stored">A <c>History</c>; empty: there is none.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static (ImmutableArray<HistoryEntry> Entries, int Forgotten) Read(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return ([], 0);
        }

        ColumnReader columns = new(stored);
        NumberColumn kinds = columns[1];
        int rows = kinds.Count;
        NumberColumn deltas = columns[2, rows];
        ScopeColumns scopes = new(columns[3, rows], columns[4, rows], columns[5, rows], columns[6, rows]);
        NumberColumn consents = columns[7, rows];
        NumberColumn ends = columns[8, rows];
        NumberColumn sources = columns[9, rows];
        NumberColumn by = columns[11, rows];
        NumberColumn through = columns[12, rows];
        NumberColumn wishes = columns[13, rows];
        HistoryEntry[] history = new HistoryEntry[rows];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += deltas.NextSigned();
            history[i] = new HistoryEntry(
                (HistoryKind)kinds.Next(), scopes.Next(texts), Instant.FromUnixTimeTicks(ticks))
            {
                Consent = texts[consents.Next()],
                Until = ends.NextSigned() is not 0 and var until ? Instant.FromUnixTimeTicks(until) : null,
                Wish = texts[wishes.Next()],
                Source = texts[sources.Next()],
                By = texts[by.Next()],
                Through = texts[through.Next()],
            };
        }

        return (ImmutableCollectionsMarshal.AsImmutableArray(history), (int)columns[10].Next());
    }
}
