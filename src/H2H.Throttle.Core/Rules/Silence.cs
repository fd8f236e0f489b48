using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Rules;

/// <summary>How long a cooldown lasts.</summary>
/// <remarks><c>ToString</c> is the form of the policy language.</remarks>
public abstract record Silence
{
    private Silence() { }

    public static Silence Forever { get; } = new Endless();

    /// <summary>How far back what began it can matter; null: for ever.</summary>
    public abstract Duration? Reach { get; }

    /// <summary>When it is over again; null: never.</summary>
    internal abstract Instant? EndAfter(Instant began, DateTimeZone zone);

    /// <summary>The same as to ask whether that has come, for less.</summary>
    internal virtual bool IsOver(Instant began, Instant at, DateTimeZone zone) => EndAfter(began, zone) <= at;

    /// <summary>Elapsed time.</summary>
    public sealed record Rolling(Window.Rolling Window) : Silence
    {
        public override Duration? Reach => Window.Span;

        internal override Instant? EndAfter(Instant began, DateTimeZone zone) => began + Window.Span;

        public override string ToString() => Window.ToString();
    }

    /// <summary>Calendar days.</summary>
    /// <param name="Count">At least 1.</param>
    /// <param name="IncludesFirst">Whether the day on which it began is the first of them, or they follow it.</param>
    public sealed record Days(int Count, bool IncludesFirst) : Silence
    {
        public override Duration? Reach => Duration.FromDays(Count + 3);

        internal override Instant? EndAfter(Instant began, DateTimeZone zone) =>
            LocalStart.Of(DayAfter(began, zone), zone);

        /// <remarks>
        /// Where the clock shows that day or a later one, it has begun; where it does not, it can only have begun if
        /// clocks were set back since.
        /// </remarks>
        internal override bool IsOver(Instant began, Instant at, DateTimeZone zone)
        {
            LocalDate end = DayAfter(began, zone);
            ZoneInterval now = zone.GetZoneInterval(at);
            return at.WithOffset(now.WallOffset).Date >= end
                || (now.HasStart && at - now.Start < Timeline.ShiftMax && LocalStart.Of(end, zone) <= at);
        }

        private LocalDate DayAfter(Instant began, DateTimeZone zone) =>
            began.InZone(zone).Date.PlusDays(IncludesFirst ? Count : Count + 1);

        public override string ToString() => Count == 1 ? "1 day" : $"{Count} days";
    }

    /// <summary>Months on the zone's clock: over at the same time of the same day so many months later.</summary>
    /// <remarks>Where that month has no such day, as the next month begins.</remarks>
    public sealed record RollingMonths(Window.RollingMonths Window) : Silence
    {
        public override Duration? Reach => Window.Reach;

        internal override Instant? EndAfter(Instant began, DateTimeZone zone)
        {
            Timeline timeline = new(Window, zone, IsoDayOfWeek.Monday);
            return timeline.StartOf(timeline.PositionOf(began) + timeline.Span);
        }

        public override string ToString() => Window.ToString();
    }

    /// <summary>Whole days of calendar months, as laws count them.</summary>
    /// <remarks>
    /// Where the last month has no such day, its last day is the last: of a month that follows 31 January, 28 or 29
    /// February.
    /// </remarks>
    /// <param name="Count">At least 1.</param>
    /// <param name="IncludesFirst">Whether the day on which it began is the first of them, or they follow it.</param>
    public sealed record Months(int Count, bool IncludesFirst) : Silence
    {
        public override Duration? Reach => Duration.FromDays((Count * EvenMonths.DaysInEach) + 4);

        internal override Instant? EndAfter(Instant began, DateTimeZone zone)
        {
            long first = EvenMonths.NumberOf(began.InZone(zone).Date) + (IncludesFirst ? 0 : 1);
            return LocalStart.Of(EvenMonths.DayFrom(first + ((long)Count * EvenMonths.DaysInEach)), zone);
        }

        public override string ToString() => EvenMonths.Write(Count);
    }

    public sealed record Endless : Silence
    {
        internal Endless() { }

        public override Duration? Reach => null;

        internal override Instant? EndAfter(Instant began, DateTimeZone zone) => null;

        public override string ToString() => "forever";
    }
}
