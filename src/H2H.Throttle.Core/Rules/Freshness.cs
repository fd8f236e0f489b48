using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>How long a copy of a list may be used.</summary>
/// <remarks><c>ToString</c> is the form of the policy language.</remarks>
public abstract record Freshness
{
    private Freshness() { }

    /// <summary>Whether it holds at an instant in every zone that there is, without looking at any.</summary>
    internal abstract bool HoldsEverywhere(Instant asOf, Instant at);

    /// <summary>When a copy as of an instant is too old.</summary>
    internal abstract Instant EndAfter(Instant asOf, DateTimeZone zone);

    /// <summary>Elapsed time.</summary>
    public sealed record Rolling(Window.Rolling Window) : Freshness
    {
        internal override bool HoldsEverywhere(Instant asOf, Instant at) => at < asOf + Window.Span;

        internal override Instant EndAfter(Instant asOf, DateTimeZone zone) => asOf + Window.Span;

        public override string ToString() => Window.ToString();
    }

    /// <summary>Calendar days: a copy of the 1st is one day old all through the 2nd.</summary>
    /// <param name="Count">At least 1.</param>
    public sealed record Days(int Count) : Freshness
    {
        /// <remarks>No zone takes more than two days from what the calendar says, not even by skipping one.</remarks>
        internal override bool HoldsEverywhere(Instant asOf, Instant at) =>
            at < asOf + Duration.FromDays(Count - 2);

        internal override Instant EndAfter(Instant asOf, DateTimeZone zone) =>
            LocalStart.Of(asOf.InZone(zone).Date.PlusDays(Count + 1), zone);

        public override string ToString() => Count == 1 ? "1 day" : $"{Count} days";
    }

    /// <summary>Calendar months: a copy of 5 May is one month old all through 5 June.</summary>
    /// <param name="Count">At least 1.</param>
    public sealed record Months(int Count) : Freshness
    {
        /// <remarks>No month is shorter than 28 days; for the rest see <see cref="Days"/>.</remarks>
        internal override bool HoldsEverywhere(Instant asOf, Instant at) =>
            at < asOf + Duration.FromDays((28 * Count) - 2);

        internal override Instant EndAfter(Instant asOf, DateTimeZone zone)
        {
            long last = EvenMonths.NumberOf(asOf.InZone(zone).Date) + ((long)Count * EvenMonths.DaysInEach);
            return LocalStart.Of(EvenMonths.DayFrom(last + 1), zone);
        }

        public override string ToString() => EvenMonths.Write(Count);
    }

    /// <summary>Months on the zone's clock.</summary>
    public sealed record RollingMonths(Window.RollingMonths Window) : Freshness
    {
        internal override bool HoldsEverywhere(Instant asOf, Instant at) =>
            at < asOf + Duration.FromDays((28 * Window.Months) - 2);

        internal override Instant EndAfter(Instant asOf, DateTimeZone zone)
        {
            Timeline timeline = new(Window, zone, IsoDayOfWeek.Monday);
            return timeline.StartOf(timeline.PositionOf(asOf) + timeline.Span)!.Value;
        }

        public override string ToString() => Window.ToString();
    }
}
