using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A person's quiet times, column by column.</summary>
internal static class QuietColumns
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>Null if there are none.</summary>
    public static Stored.QuietTimes? Write(ImmutableArray<PersonQuiet> quiet, Symbols symbols)
    {
        if (quiet.IsEmpty)
        {
            return null;
        }

        Stored.QuietTimes stored = new();
        stored.Times.AddRange(quiet.Select(one => symbols[one.Text]));
        Columns.Write(stored.Channels, quiet.Select(one => symbols[one.Scope.Channel]));
        Columns.Write(stored.Purposes, quiet.Select(one => symbols[one.Scope.Purpose]));
        Columns.Write(stored.Topics, quiet.Select(one => symbols[one.Scope.Topic]));
        Columns.Write(stored.Brands, quiet.Select(one => symbols[one.Scope.Brand]));
        Columns.Write(stored.Until, quiet.Select(
            static one => one.Until is { } last ? (uint)Period.DaysBetween(Epoch, last) + 1 : 0));
        return stored;
    }

    public static ImmutableArray<PersonQuiet> Read(Stored.QuietTimes? stored, Texts texts)
    {
        int rows = stored?.Times.Count ?? 0;
        ImmutableArray<PersonQuiet>.Builder quiet = ImmutableArray.CreateBuilder<PersonQuiet>(rows);
        for (int i = 0; i < rows; i++)
        {
            string text = texts.Required(stored!.Times[i]);
            QuietTimes times = QuietText.Read(text, out _)
                ?? throw new FormatException("A person's quiet times have no time.");
            uint until = Columns.At(stored.Until, i, rows);
            quiet.Add(new PersonQuiet(
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, stored.Brands, i, rows, texts),
                times.Schedule,
                times.Text,
                until == 0 ? null : ReadDay(until - 1)));
        }

        return quiet.ToImmutable();
    }

    private static LocalDate ReadDay(uint days) => days <= QuietText.DaysMax
        ? Epoch.PlusDays((int)days)
        : throw new FormatException("A person's quiet times end too late.");
}
