using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Of so many contacts in a row, the new one among them, at most so many may be of one kind.</summary>
/// <remarks>
/// The row is that of all contacts that count, in the order in which they are; with contacts planned after the new one
/// every row that holds it is looked at. An attempt that is not of that kind always passes.
/// </remarks>
public sealed record Balance : Rule
{
    public const int OfLastMax = 100;

    /// <param name="name">Of the rule.</param>
    /// <param name="atMost">How many: at least 0 and less than <paramref name="ofLast"/>.</param>
    /// <param name="ofLast">In how many: 2 to <see cref="OfLastMax"/>.</param>
    /// <param name="row">The contacts that are looked at.</param>
    /// <param name="kind">Those of them that are of the kind.</param>
    public Balance(string name, int atMost, int ofLast, Counting row, Matcher kind) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atMost);
        ArgumentOutOfRangeException.ThrowIfLessThan(ofLast, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ofLast, OfLastMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(atMost, ofLast);
        (AtMost, OfLast, Row, Kind) = (atMost, ofLast, row, kind);
    }

    public int AtMost { get; }

    public int OfLast { get; }

    public Counting Row { get; }

    public Matcher Kind { get; }

    internal override IEnumerable<Matcher> Matchers => [.. base.Matchers, Kind];

    internal override IEnumerable<Counting> Countings => [Row];

    public override string KindName => "balance";

    /// <summary>
    /// A row has no length in time, so there is a bound: contacts older than this may be missing from it.
    /// </summary>
    public override Duration? Reach => Duration.FromDays(400);

    /// <remarks>Only the neighbours of the new contact matter: so many before it, and so many after.</remarks>
    internal override bool Allows(in Circumstances circumstances, Instant at)
    {
        if (!Kind.Matches(new Happening(circumstances.Traits), circumstances.Person))
        {
            return true;
        }

        Span<bool> row = stackalloc bool[2 * OfLastMax];   // whether each neighbour is of the kind; the new one between
        Ledger ledger = circumstances.Person.Ledger;
        ReadOnlySpan<LedgerContact> before = ledger.Between(Instant.MinValue, at + Duration.Epsilon);
        ReadOnlySpan<LedgerContact> after = ledger.Contacts.AsSpan(before.Length..);
        int others = OfLast - 1;
        int start = others;
        for (int i = before.Length - 1; i >= 0 && start > 0; i--)
        {
            if (Row.Counts(circumstances, before[i], null))
            {
                row[--start] = Kind.Matches(Happening.Of(before[i]), circumstances.Person);
            }
        }

        int end = others;
        for (int i = 0; i < after.Length && end < 2 * others; i++)
        {
            if (Row.Counts(circumstances, after[i], null))
            {
                row[end++] = Kind.Matches(Happening.Of(after[i]), circumstances.Person);
            }
        }

        return HeaviestOf(row[start..end], others - start) + 1 <= AtMost;
    }

    /// <summary>How many of the kind the worst stretch has that touches a place, the new contact left out.</summary>
    private int HeaviestOf(ReadOnlySpan<bool> row, int place)
    {
        int worst = 0;
        for (int first = 0; first <= place; first++)
        {
            worst = Math.Max(worst, row[first..Math.Min(first + OfLast - 1, row.Length)].Count(true));
        }

        return worst;
    }

    /// <remarks>The new contact's place in the row changes where another contact is, and comes after it.</remarks>
    internal override Instant? FreeAt(in Circumstances circumstances, Instant at)
    {
        if (Allows(circumstances, at))
        {
            return at;
        }

        foreach (LedgerContact contact in circumstances.Person.Ledger.Contacts)
        {
            if (contact.At > at && Allows(circumstances, contact.At))
            {
                return contact.At;
            }
        }

        return null;
    }

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        if (!Allows(circumstances, at))
        {
            return at;
        }

        foreach (LedgerContact contact in circumstances.Person.Ledger.Contacts)
        {
            if (contact.At > at && !Allows(circumstances, contact.At))
            {
                return contact.At;
            }
        }

        return null;
    }

    internal override Evidence Look(in Circumstances circumstances, Instant at)
    {
        (int kind, ImmutableArray<LedgerContact> counted) = HeaviestRow(circumstances, at);
        return new Evidence
        {
            Used = Math.Max(0, kind - 1),
            Limit = AtMost,
            Window = $"last {OfLast} contacts",
            Start = counted.IsEmpty ? null : counted[0].At,
            End = counted.IsEmpty ? null : Instant.Max(counted[^1].At, at),
            Counted = counted,
        };
    }

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt)
    {
        Evidence evidence = Look(circumstances, at);
        string message = $"{evidence.Used} of the {OfLast - 1} contacts around it are of its kind.";
        return Reason.Of(Name, ReasonCode.Unbalanced, message, freeAt, evidence);
    }

    /// <summary>
    /// Of the rows that hold the new contact, how many of the kind the worst has, the new one included.
    /// </summary>
    private (int Kind, ImmutableArray<LedgerContact> Counted) HeaviestRow(in Circumstances circumstances, Instant at)
    {
        if (!Kind.Matches(new Happening(circumstances.Traits), circumstances.Person))
        {
            return (0, []);
        }

        List<LedgerContact> row = [];
        int place = 0;
        foreach (LedgerContact contact in circumstances.Person.Ledger.Contacts)
        {
            if (Row.Counts(circumstances, contact, null))
            {
                place += contact.At <= at ? 1 : 0;
                row.Add(contact);
            }
        }

        (int Kind, ImmutableArray<LedgerContact> Counted) worst = (0, []);
        int others = OfLast - 1;
        for (int first = Math.Max(0, place - others); first <= place; first++)
        {
            ImmutableArray<LedgerContact> window = [.. row.Skip(first).Take(others)];
            int kind = 1;
            foreach (LedgerContact contact in window)
            {
                kind += Kind.Matches(Happening.Of(contact), circumstances.Person) ? 1 : 0;
            }

            worst = kind > worst.Kind ? (kind, window) : worst;
        }

        return worst;
    }
}
