using System.Collections.Immutable;
using System.Runtime.InteropServices;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A person's quiet times, column by column.</summary>
internal static class QuietColumns
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static void Write(ColumnWriter columns, ReadOnlySpan<PersonQuiet> quiet, Symbols symbols)
    {
        columns.Write(1, quiet, symbols, static (in one, texts) => texts[one.Text]);
        ScopeColumns.Write(columns, (2, 3, 4, 6), quiet, symbols, static one => one.Scope);
        columns.Write(5, quiet, 0, static (in one, _) =>
            one.Until is { } last ? (uint)Period.DaysBetween(Epoch, last) + 1 : 0);
    }

    /// <param name="stored">A <c>QuietTimes</c>; empty: there are none.</param>
    /// <param name="texts">Of the same record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<PersonQuiet> Read(ReadOnlySpan<byte> stored, Texts texts)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        ColumnReader columns = new(stored);
        NumberColumn named = columns[1];
        int rows = named.Count;
        ScopeColumns scopes = new(columns[2, rows], columns[3, rows], columns[4, rows], columns[6, rows]);
        NumberColumn days = columns[5, rows];
        PersonQuiet[] quiet = new PersonQuiet[rows];
        for (int i = 0; i < rows; i++)
        {
            QuietTimes times = QuietText.Read(texts.Required(named.Next()), out _)
                ?? throw new FormatException("A person's quiet times have no time.");
            quiet[i] = new PersonQuiet(
                scopes.Next(texts),
                times.Schedule,
                times.Text,
                days.Next() is > 0 and var day ? ReadDay(day - 1) : null);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(quiet);
    }

    private static LocalDate ReadDay(uint days) => days <= QuietText.DaysMax
        ? Epoch.PlusDays((int)days)
        : throw new FormatException("A person's quiet times end too late.");
}
