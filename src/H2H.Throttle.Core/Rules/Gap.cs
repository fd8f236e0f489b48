using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Keeps contacts apart, from those before and from those planned after.</summary>
/// <remarks>
/// <c>rolling 4h</c>: at least four hours of elapsed time. <c>last 3 days</c>: on days at least three apart.
/// </remarks>
public sealed record Gap : Rule
{
    /// <param name="name">Of the rule.</param>
    /// <param name="density">What to keep away from, and how far: rolling, or last n days that are not widened.</param>
    public Gap(string name, Density density) : base(name)
    {
        bool isDistance = density.Window is
            Window.Rolling or Window.RollingMonths or Window.LastDays { Widen: null } or Window.LastMonths;
        if (!isDistance || density.Counting.IsWeighted)
        {
            throw new ArgumentException("A gap is a rolling span or last n days, without weights.", nameof(density));
        }

        Density = density;
    }

    public Density Density { get; }

    /// <summary>How far apart, in words: <c>4h</c>, <c>3 calendar days</c>.</summary>
    internal string Distance => Density.Window switch
    {
        Window.LastDays { Days: var days } => $"{days} calendar days",
        Window.LastMonths months => months.ToString()["last ".Length..],
        _ => Density.Window.ToString()["rolling ".Length..],
    };

    internal override IEnumerable<Counting> Countings => [Density.Counting];

    public override string KindName => "gap";

    public override Duration? Reach => Density.Window.Reach;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        Density.Fits(circumstances, at, limit: 1);

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Density.FreeAt(circumstances, at, limit: 1);

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        Density.BusyAt(circumstances, at, limit: 1);

    internal override Evidence Look(in Circumstances circumstances, Instant at) =>
        Density.FullestAt(circumstances, at).ToEvidence(Density.Window) with { Used = null };

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) => Reason.Of(
        Name, ReasonCode.TooSoon, $"Less than {Distance} from another contact.", freeAt, Look(circumstances, at));
}
