using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A person's history, column by column.</summary>
internal static class HistoryColumns
{
    /// <summary>Null if there is none.</summary>
    public static Stored.History? Write(ImmutableArray<HistoryEntry> history, int forgotten, Symbols symbols)
    {
        if (history.IsEmpty)
        {
            return null;
        }

        Stored.History stored = new() { Forgotten = (uint)forgotten };
        long before = 0;
        foreach (HistoryEntry entry in history)
        {
            long at = entry.At.ToUnixTimeTicks();
            stored.AtDeltas.Add(at - before);
            before = at;
        }

        stored.Kinds.AddRange(history.Select(static entry => (uint)entry.Kind));
        Columns.Write(stored.Channels, history.Select(entry => symbols[entry.Scope.Channel]));
        Columns.Write(stored.Purposes, history.Select(entry => symbols[entry.Scope.Purpose]));
        Columns.Write(stored.Topics, history.Select(entry => symbols[entry.Scope.Topic]));
        Columns.Write(stored.Brands, history.Select(entry => symbols[entry.Scope.Brand]));
        Columns.Write(stored.Consents, history.Select(entry => symbols[entry.Consent]));
        Columns.Write(stored.Sources, history.Select(entry => symbols[entry.Source]));
        Columns.Write(stored.By, history.Select(entry => symbols[entry.By]));
        Columns.Write(stored.Through, history.Select(entry => symbols[entry.Through]));
        Columns.Write(stored.Wishes, history.Select(entry => symbols[entry.Wish]));
        Columns.Write(stored.Until, history.Select(
            static entry => entry.Until is { } until ? until.ToUnixTimeTicks() : 0));
        return stored;
    }

    public static ImmutableArray<HistoryEntry> Read(Stored.History? stored, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.Kinds.Count;
        ImmutableArray<HistoryEntry>.Builder history = ImmutableArray.CreateBuilder<HistoryEntry>(rows);
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += Columns.At(stored.AtDeltas, i, rows);
            long until = Columns.At(stored.Until, i, rows);
            history.Add(new HistoryEntry(
                (HistoryKind)stored.Kinds[i],
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, stored.Brands, i, rows, texts),
                Instant.FromUnixTimeTicks(ticks))
            {
                Consent = texts[Columns.At(stored.Consents, i, rows)],
                Until = until == 0 ? null : Instant.FromUnixTimeTicks(until),
                Wish = texts[Columns.At(stored.Wishes, i, rows)],
                Source = texts[Columns.At(stored.Sources, i, rows)],
                By = texts[Columns.At(stored.By, i, rows)],
                Through = texts[Columns.At(stored.Through, i, rows)],
            });
        }

        return history.ToImmutable();
    }
}
