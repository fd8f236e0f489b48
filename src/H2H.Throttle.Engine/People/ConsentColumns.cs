using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What the person said, column by column.</summary>
internal static class ConsentColumns
{
    /// <summary>Null if there are none; so it is below.</summary>
    public static Stored.Statements? Write(Statements statements, Symbols symbols)
    {
        if (statements.Items.IsEmpty)
        {
            return null;
        }

        Stored.Statements stored = new();
        long before = 0;
        foreach (Statement statement in statements.Items)
        {
            long at = statement.At.ToUnixTimeTicks();
            stored.AtDeltas.Add(at - before);
            before = at;
        }

        Columns.Write(stored.OptOuts, statements.Items.Select(static s => s.IsOptOut ? 1u : 0u));
        Columns.Write(stored.Channels, statements.Items.Select(s => symbols[s.Scope.Channel]));
        Columns.Write(stored.Purposes, statements.Items.Select(s => symbols[s.Scope.Purpose]));
        Columns.Write(stored.Topics, statements.Items.Select(s => symbols[s.Scope.Topic]));
        Columns.Write(stored.Brands, statements.Items.Select(s => symbols[s.Scope.Brand]));
        Columns.Write(stored.Sources, statements.Items.Select(s => symbols[s.Source]));
        return stored;
    }

    public static Stored.Snoozes? Write(ImmutableArray<Snooze> snoozes, Symbols symbols)
    {
        if (snoozes.IsEmpty)
        {
            return null;
        }

        Stored.Snoozes stored = new();
        long before = 0;
        foreach (Snooze snooze in snoozes)
        {
            long until = snooze.Until.ToUnixTimeTicks();
            stored.UntilDeltas.Add(until - before);
            before = until;
        }

        Columns.Write(stored.Channels, snoozes.Select(s => symbols[s.Scope.Channel]));
        Columns.Write(stored.Purposes, snoozes.Select(s => symbols[s.Scope.Purpose]));
        Columns.Write(stored.Topics, snoozes.Select(s => symbols[s.Scope.Topic]));
        Columns.Write(stored.Brands, snoozes.Select(s => symbols[s.Scope.Brand]));
        return stored;
    }

    public static Stored.Limits? Write(ImmutableArray<PersonLimit> limits, Symbols symbols)
    {
        if (limits.IsEmpty)
        {
            return null;
        }

        Stored.Limits stored = new();
        stored.Windows.AddRange(limits.Select(l => symbols[l.Window.ToString()]));
        Columns.Write(stored.Contacts, limits.Select(static l => (uint)l.Contacts));
        Columns.Write(stored.Channels, limits.Select(l => symbols[l.Scope.Channel]));
        Columns.Write(stored.Purposes, limits.Select(l => symbols[l.Scope.Purpose]));
        Columns.Write(stored.Topics, limits.Select(l => symbols[l.Scope.Topic]));
        Columns.Write(stored.Brands, limits.Select(l => symbols[l.Scope.Brand]));
        return stored;
    }

    public static Statements Read(Stored.Statements? stored, Texts texts)
    {
        if (stored is null)
        {
            return Statements.None;
        }

        int rows = stored.AtDeltas.Count;
        List<Statement> statements = [];
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += stored.AtDeltas[i];
            statements.Add(new Statement(
                Columns.At(stored.OptOuts, i, rows) == 1,
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, stored.Brands, i, rows, texts),
                Instant.FromUnixTimeTicks(ticks),
                texts[Columns.At(stored.Sources, i, rows)]));
        }

        return rows == 0 ? Statements.None : Statements.Of(statements);
    }

    public static ImmutableArray<Snooze> Read(Stored.Snoozes? stored, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.UntilDeltas.Count;
        ImmutableArray<Snooze>.Builder snoozes = ImmutableArray.CreateBuilder<Snooze>(rows);
        long ticks = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += stored.UntilDeltas[i];
            snoozes.Add(new Snooze(
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, stored.Brands, i, rows, texts),
                Instant.FromUnixTimeTicks(ticks)));
        }

        return snoozes.ToImmutable();
    }

    public static ImmutableArray<PersonLimit> Read(Stored.Limits? stored, Texts texts)
    {
        if (stored is null)
        {
            return [];
        }

        int rows = stored.Windows.Count;
        ImmutableArray<PersonLimit>.Builder limits = ImmutableArray.CreateBuilder<PersonLimit>(rows);
        for (int i = 0; i < rows; i++)
        {
            if (!WindowText.TryRead(texts.Required(stored.Windows[i]), out Window? window))
            {
                throw new FormatException("A person's limit has no window.");
            }

            limits.Add(new PersonLimit(
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, stored.Brands, i, rows, texts),
                (int)Columns.At(stored.Contacts, i, rows),
                window));
        }

        return limits.ToImmutable();
    }
}
