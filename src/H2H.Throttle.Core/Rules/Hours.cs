using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Rules;

/// <summary>Allows contacts inside certain hours alone (<c>hours</c>), or outside them alone (<c>quiet</c>).</summary>
/// <remarks>If the zone is not known, it must be met in every zone that it may be.</remarks>
public sealed record Hours : Rule
{
    private const int ClockChangesMax = 20;

    /// <param name="name">Of the rule.</param>
    /// <param name="schedule">The hours.</param>
    /// <param name="isQuiet">False: contact is allowed inside them. True: outside.</param>
    /// <param name="zone">Whose clock.</param>
    public Hours(string name, WeekSchedule schedule, bool isQuiet, WindowZone zone) : base(name) =>
        (Schedule, IsQuiet, Zone) = (schedule, isQuiet, zone);

    public WeekSchedule Schedule { get; }

    public bool IsQuiet { get; }

    public WindowZone Zone { get; }

    public override Duration? Reach => Duration.Zero;

    internal override bool Governs(in Circumstances circumstances) =>
        base.Governs(circumstances) && circumstances.Purpose is not { ObeysHours: false };

    internal override bool Allows(in Circumstances circumstances, Instant at)
    {
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            if (Schedule.Contains(at.WithOffset(zone.GetUtcOffset(at)).LocalDateTime) == IsQuiet)
            {
                return false;
            }
        }

        return true;
    }

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Fixpoint.Least(at, circumstances.ZonesOf(Zone), (zone, from) => Next(zone, from, inside: !IsQuiet));

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        Instant? first = null;
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            Instant? busy = Next(zone, at, inside: IsQuiet);
            first = first is null || busy < first ? busy ?? first : first;
        }

        return first;
    }

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt)
    {
        int zones = circumstances.ZonesOf(Zone).Length;
        string where = (zones, Zone) switch
        {
            ( > 1, _) => $"in at least one of the {zones} zones the person may be in",
            (_, WindowZone.Fixed given) => $"in {given.Zone.Id}",
            _ => "where the person is",
        };
        return new Reason(Name, ReasonCode.OutsideHours, $"It is not a time for such contacts {where}.", freeAt);
    }

    /// <remarks>
    /// Between two changes of the clock local time runs as instants do, so each stretch is searched by itself.
    /// </remarks>
    private Instant? Next(DateTimeZone zone, Instant from, bool inside)
    {
        Instant at = from;
        for (int change = 0; change < ClockChangesMax; change++)
        {
            ZoneInterval stretch = zone.GetZoneInterval(at);
            LocalDateTime local = at.WithOffset(stretch.WallOffset).LocalDateTime;
            LocalDateTime? next = inside ? Schedule.NextInside(local) : Schedule.NextOutside(local);
            if (next?.WithOffset(stretch.WallOffset).ToInstant() is { } found
                && (!stretch.HasEnd || found < stretch.End))
            {
                return found;
            }

            if (!stretch.HasEnd)
            {
                return null;
            }

            at = stretch.End;
        }

        return null;
    }
}
