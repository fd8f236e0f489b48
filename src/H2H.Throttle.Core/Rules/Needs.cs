using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>No contact unless something happened before, not too long ago.</summary>
/// <remarks>Where the zone is not known, it must be recent enough in every zone.</remarks>
public sealed record Needs : Rule
{
    /// <param name="name">Of the rule.</param>
    /// <param name="happened">What, and which of it belongs to the attempt.</param>
    /// <param name="within">How recently: rolling, last n days, a calendar block or ever.</param>
    /// <param name="zone">Whose calendar.</param>
    public Needs(string name, Counting happened, Window within, WindowZone zone) : base(name) =>
        (Happened, Within, Zone) = (happened, within, zone);

    public Counting Happened { get; }

    public Window Within { get; }

    public WindowZone Zone { get; }

    /// <summary>What will do as well; null: nothing.</summary>
    public Needs? Or { get; init; }

    internal override IEnumerable<Counting> Countings => [Happened, .. Or?.Countings ?? []];

    public override string KindName => "needs";

    public override Duration? Reach =>
        Or is null || Within.Reach > Or.Reach || Within.Reach is null ? Within.Reach : Or.Reach;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        OverAt(circumstances, at) != at || Or?.Allows(circumstances, at) == true;

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at)
    {
        Instant? own = HappenedFrom(circumstances, at);
        Instant? other = Or?.FreeAt(circumstances, at);
        return own is null || other < own ? other : own;
    }

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        Instant from = at;
        while (OwnBusyAt(circumstances, from) is { } own)
        {
            if (Or is null || Or.BusyAt(circumstances, own) is not { } both)
            {
                return Or is null ? own : null;
            }

            if (both == own)
            {
                return own;
            }

            from = both;
        }

        return null;
    }

    /// <remarks>What has not happened by then will not have happened by waiting.</remarks>
    private Instant? HappenedFrom(in Circumstances circumstances, Instant at)
    {
        if (OverAt(circumstances, at) != at)
        {
            return at;
        }

        Instant? first = null;
        foreach (LedgerContact planned in circumstances.Person.Ledger.Contacts)
        {
            Instant then = Happened.WhenCounted(planned);
            bool isNext = then > at && !(then >= first);
            first = isNext && Counts(circumstances, planned) && OverAt(circumstances, then) != then ? then : first;
        }

        return first;
    }

    /// <summary>When it alone denies, at <paramref name="at"/> or later; null: never.</summary>
    /// <remarks>When one happening is too long ago, a later one, planned by now, may be recent enough.</remarks>
    private Instant? OwnBusyAt(in Circumstances circumstances, Instant at)
    {
        Instant from = at;
        while (OverAt(circumstances, from) is { } over)
        {
            if (over == from)
            {
                return over;
            }

            from = over;
        }

        return null;
    }

    /// <summary>
    /// The first instant from <paramref name="at"/> on at which what last happened before it is too long ago; null:
    /// it never is.
    /// </summary>
    private Instant? OverAt(in Circumstances circumstances, Instant at)
    {
        if (LastBefore(circumstances, at) is not { } happened)
        {
            return at;
        }

        Instant? first = null;
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            Timeline timeline = new(Within, zone, circumstances.Policy.WeekStarts);
            Instant? over = timeline.StartOf(timeline.PositionOf(happened) + timeline.Span);
            first = over is null || first < over ? first : over;
        }

        return first is { } end ? Instant.Max(end, at) : null;
    }

    private string Text => Or is null ? Within.ToString() : $"{Within}, or {Or.Text}";

    internal override Evidence Look(in Circumstances circumstances, Instant at) =>
        new() { Window = Text };

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) => Reason.Of(
        Name,
        ReasonCode.NeedMissing,
        $"What such a contact needs has not happened, or is too long ago ({Text}).",
        freeAt,
        Look(circumstances, at));

    private bool Counts(in Circumstances circumstances, in LedgerContact contact)
    {
        foreach (string? subject in Happened.GroupsOf(circumstances.Traits))
        {
            if (Happened.Counts(circumstances, contact, subject))
            {
                return true;
            }
        }

        return false;
    }

    private Instant? LastBefore(in Circumstances circumstances, Instant at)
    {
        Instant? last = null;
        foreach (string? subject in Happened.GroupsOf(circumstances.Traits))
        {
            foreach (ref readonly LedgerContact contact in circumstances.Person.Ledger.Contacts.AsSpan())
            {
                Instant then = Happened.WhenCounted(contact);
                bool isLater = Happened.Matcher.MayMatch(contact) && then <= at && !(last > then);
                last = isLater && Happened.Counts(circumstances, contact, subject) ? then : last;
            }

            foreach (LedgerEvent happened in circumstances.Person.Ledger.Events)
            {
                bool isLater = happened.At <= at && !(last > happened.At);
                last = isLater && Happened.Counts(circumstances, happened, subject) ? happened.At : last;
            }
        }

        return last;
    }
}
