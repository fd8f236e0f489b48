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
}
