using H2H.Throttle.Core.Time;
using NodaTime;

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

        internal override Instant? EndAfter(Instant began, DateTimeZone zone)
        {
            LocalDate end = began.InZone(zone).Date.PlusDays(IncludesFirst ? Count : Count + 1);
            return LocalStart.Of(end, zone);
        }

        public override string ToString() => Count == 1 ? "1 day" : $"{Count} days";
    }

    public sealed record Endless : Silence
    {
        internal Endless() { }

        public override Duration? Reach => null;

        internal override Instant? EndAfter(Instant began, DateTimeZone zone) => null;

        public override string ToString() => "forever";
    }
}
