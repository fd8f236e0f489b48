using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Consents, column by column.</summary>
internal static class GivenConsentColumns
{
    /// <summary>Null if there are none.</summary>
    public static Stored.Consents? Write(ImmutableArray<GivenConsent> consents, Symbols symbols)
    {
        if (consents.IsEmpty)
        {
            return null;
        }

        Stored.Consents stored = new();
        long before = 0;
        foreach (GivenConsent given in consents)
        {
            long from = given.From.ToUnixTimeTicks();
            stored.Names.Add(symbols[given.Name]);
            stored.FromDeltas.Add(from - before);
            stored.EndsOn.AddRange(given.EndsOn.Select(name => symbols[name]));
            before = from;
        }

        Columns.Write(stored.Channels, consents.Select(given => symbols[given.Scope.Channel]));
        Columns.Write(stored.Purposes, consents.Select(given => symbols[given.Scope.Purpose]));
        Columns.Write(stored.Topics, consents.Select(given => symbols[given.Scope.Topic]));
        Columns.Write(stored.Until, consents.Select(
            static given => given.Until is { } until ? (until - given.From).BclCompatibleTicks : 0));
        Columns.Write(stored.EndsOnCounts, consents.Select(static given => (uint)given.EndsOn.Length));
        Columns.Write(stored.Proofs, consents.Select(given => symbols[given.Proof]));
        return stored;
    }

    public static ImmutableArray<GivenConsent> Read(Stored.Consents? stored, Texts texts)
    {
        int rows = stored?.Names.Count ?? 0;
        ImmutableArray<GivenConsent>.Builder consents = ImmutableArray.CreateBuilder<GivenConsent>(rows);
        long ticks = 0;
        int ending = 0;
        for (int i = 0; i < rows; i++)
        {
            ticks += Columns.At(stored!.FromDeltas, i, rows);
            Instant from = Instant.FromUnixTimeTicks(ticks);
            long lasts = Columns.At(stored.Until, i, rows);
            int endings = (int)Columns.At(stored.EndsOnCounts, i, rows);
            if (endings < 0 || endings > stored.EndsOn.Count - ending)
            {
                throw new FormatException("A list in a record is shorter than its count.");
            }

            consents.Add(new GivenConsent(
                texts.Required(stored.Names[i]),
                Columns.ScopeAt(stored.Channels, stored.Purposes, stored.Topics, i, rows, texts),
                from,
                lasts == 0 ? null : from + Duration.FromTicks(lasts),
                [.. stored.EndsOn.Skip(ending).Take(endings).Select(texts.Required)],
                texts[Columns.At(stored.Proofs, i, rows)]));
            ending += endings;
        }

        return consents.ToImmutable();
    }
}
