using System.Collections.Immutable;
using System.Runtime.InteropServices;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What the person said, column by column. What is empty is none of it.</summary>
internal static class ConsentColumns
{
    public static void Write(ColumnWriter columns, ReadOnlySpan<Statement> statements, Symbols symbols)
    {
        columns.Write(1, statements, 0, static (in s, _) => s.IsOptOut ? 1u : 0);
        ScopeColumns.Write(columns, (2, 3, 4, 7), statements, symbols, static s => s.Scope);
        columns.WriteDeltas(5, statements, static (in s) => s.At);
        columns.Write(6, statements, symbols, static (in s, texts) => texts[s.Source]);
    }

    public static void Write(ColumnWriter columns, ReadOnlySpan<Snooze> snoozes, Symbols symbols)
    {
        ScopeColumns.Write(columns, (1, 2, 3, 5), snoozes, symbols, static s => s.Scope);
        columns.WriteDeltas(4, snoozes, static (in s) => s.Until);
    }

    public static void Write(ColumnWriter columns, ReadOnlySpan<PersonLimit> limits, Symbols symbols)
    {
        columns.Write(5, limits, symbols, static (in l, texts) => texts[l.Window.ToString()]);
        columns.Write(4, limits, 0, static (in l, _) => (uint)l.Contacts);
        ScopeColumns.Write(columns, (1, 2, 3, 6), limits, symbols, static l => l.Scope);
    }

    /// <exception cref="FormatException">It is damaged; so it is below.</exception>
    public static Statements ReadStatements(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return Statements.None;
        }

        ColumnReader columns = new(stored);
        NumberColumn deltas = columns[5];
        int rows = deltas.Count;
        NumberColumn optOuts = columns[1, rows];
        ScopeColumns scopes = new(columns[2, rows], columns[3, rows], columns[4, rows], columns[7, rows]);
        NumberColumn sources = columns[6, rows];
        Statement[] statements = new Statement[rows];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += deltas.NextSigned();
            statements[i] = new Statement(
                optOuts.Next() == 1, scopes.Next(texts), Instant.FromUnixTimeTicks(ticks), texts[sources.Next()]);
        }

        return Statements.Of(statements);
    }

    public static ImmutableArray<Snooze> ReadSnoozes(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn deltas = columns[4];
        int rows = deltas.Count;
        ScopeColumns scopes = new(columns[1, rows], columns[2, rows], columns[3, rows], columns[5, rows]);
        Snooze[] snoozes = new Snooze[rows];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += deltas.NextSigned();
            snoozes[i] = new Snooze(scopes.Next(texts), Instant.FromUnixTimeTicks(ticks));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(snoozes);
    }

    public static ImmutableArray<PersonLimit> ReadLimits(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn windows = columns[5];
        int rows = windows.Count;
        ScopeColumns scopes = new(columns[1, rows], columns[2, rows], columns[3, rows], columns[6, rows]);
        NumberColumn contacts = columns[4, rows];
        PersonLimit[] limits = new PersonLimit[rows];
        for (int i = 0; i < rows; i++)
        {
            limits[i] = WindowText.TryRead(texts.Required(windows.Next()), out Window? window)
                ? new PersonLimit(scopes.Next(texts), (int)contacts.Next(), window)
                : throw new FormatException("A person's limit has no window.");
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(limits);
    }
}
