using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Always in force: not at times that the person named, but for one reply.</summary>
/// <remarks>
/// Whoever writes at such a time may be answered once by the channel that they used, for as long as that time lasts
/// (12 CFR 1006, Supplement I, comment 6(b)(1)-2). It ends with the last local day for which it was said.
/// </remarks>
internal sealed record Inconvenient : Rule
{
    public const string RuleName = "person-quiet";

    private readonly PersonQuiet said;
    private readonly Hours hours;

    public Inconvenient(PersonQuiet said) : base(RuleName)
    {
        this.said = said;
        hours = new Hours(RuleName, said.Times, isQuiet: true, WindowZone.Person);
        When = said.Scope.ToMatcher();
    }

    public override string KindName => RuleName;

    public override Duration? Reach => Duration.FromDays(10);

    internal override bool Governs(in Circumstances circumstances) =>
        base.Governs(circumstances) && circumstances.Purpose is not { ObeysHours: false };

    internal override bool Allows(in Circumstances circumstances, Instant at)
    {
        foreach (DateTimeZone zone in circumstances.ZonesOf(WindowZone.Person))
        {
            LocalDateTime local = at.WithOffset(zone.GetUtcOffset(at)).LocalDateTime;
            if (said.Times.Contains(local) && !(at >= EndIn(zone)))
            {
                return IsReply(circumstances, at);
            }
        }

        return true;
    }

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Allows(circumstances, at) ? at : OverFrom(circumstances, at);

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        Instant? busy = BeginsFrom(circumstances, at);
        if (busy is { } begins && IsReply(circumstances, begins))
        {
            busy = OverFrom(circumstances, begins) is { } over ? BeginsFrom(circumstances, over) : null;
        }

        return busy;
    }

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) => new(
        Name, ReasonCode.PersonLimit, "The person named this time as inconvenient.", freeAt)
    {
        Window = said.Text,
    };

    /// <summary>
    /// Whether it answers what the person wrote by this channel at a time like this, for the first time.
    /// </summary>
    private bool IsReply(in Circumstances circumstances, Instant at)
    {
        if (WroteLast(circumstances, at) is not { } wrote)
        {
            return false;
        }

        Instant? over = OverFrom(circumstances, wrote);
        if (over <= at)
        {
            return false;
        }

        foreach (ref readonly LedgerContact contact in circumstances.Person.Ledger.Contacts.AsSpan())
        {
            if (contact.Traits.Direction is Direction.Out
                && contact.Traits.Channel == circumstances.Traits.Channel
                && contact.At >= wrote
                && !(contact.At >= over)
                && circumstances.Policy.Counts(contact, circumstances.Asked))
            {
                return false;
            }
        }

        return true;
    }

    private static Instant? WroteLast(in Circumstances circumstances, Instant at)
    {
        Instant? last = null;
        foreach (ref readonly LedgerContact contact in circumstances.Person.Ledger.Contacts.AsSpan())
        {
            bool isTheirs = contact.Traits.Direction is Direction.In && contact.At <= at && !(last > contact.At);
            last = isTheirs && contact.Traits.Channel == circumstances.Traits.Channel ? contact.At : last;
        }

        foreach (LedgerEvent happened in circumstances.Person.Ledger.Events)
        {
            bool isTheirs = happened.Name is LedgerEvent.InboundMessage && happened.At <= at && !(last > happened.At);
            last = isTheirs && happened.Traits.Channel == circumstances.Traits.Channel ? happened.At : last;
        }

        return last;
    }

    /// <summary>The first instant from a given one on that is convenient in every zone; null: none is.</summary>
    private Instant? OverFrom(in Circumstances circumstances, Instant at)
    {
        ImmutableArray<DateTimeZone> zones = circumstances.ZonesOf(WindowZone.Person);
        if (zones.Length == 1)
        {
            return OverFrom(zones[0], at);
        }

        Instant? end = said.Until is null ? null : zones.Min(EndIn);
        Instant horizon = end ?? at + Duration.FromDays(Fixpoint.RoundsMax);
        Instant? start = at >= horizon ? at : hours.HopefulFrom(zones, at, horizon)?.From ?? end;
        return start is { } from ? Fixpoint.Least(from, zones, OverFrom) : null;
    }

    private Instant? OverFrom(DateTimeZone zone, Instant from)
    {
        Instant? free = hours.NextIn(zone, from, inside: false);
        return EndIn(zone) is { } end && !(free <= end) ? Instant.Max(end, from) : free;
    }

    /// <summary>The first instant from a given one on that is inconvenient in some zone; null: none is.</summary>
    private Instant? BeginsFrom(in Circumstances circumstances, Instant at)
    {
        Instant? first = null;
        foreach (DateTimeZone zone in circumstances.ZonesOf(WindowZone.Person))
        {
            Instant? begins = hours.NextIn(zone, at, inside: true);
            bool isFirst = begins is not null && !(begins >= EndIn(zone)) && !(first <= begins);
            first = isFirst ? begins : first;
        }

        return first;
    }

    private Instant? EndIn(DateTimeZone zone) =>
        said.Until is { } last ? LocalStart.Of(last.PlusDays(1), zone) : null;
}
