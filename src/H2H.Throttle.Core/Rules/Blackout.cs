using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>No contact from one instant until, but not including, another.</summary>
public sealed record Blackout : Rule
{
    /// <param name="name">Of the rule.</param>
    /// <param name="interval">With a start and an end.</param>
    public Blackout(string name, Interval interval) : base(name)
    {
        if (!interval.HasStart || !interval.HasEnd)
        {
            throw new ArgumentException("A blackout has a start and an end.", nameof(interval));
        }

        Interval = interval;
    }

    public Interval Interval { get; }

    public override string KindName => "blackout";

    public override Duration? Reach => Duration.Zero;

    internal override bool Allows(in Circumstances circumstances, Instant at) => !Interval.Contains(at);

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Interval.Contains(at) ? Interval.End : at;

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        at < Interval.End ? Instant.Max(at, Interval.Start) : null;

    internal override Evidence Look(in Circumstances circumstances, Instant at) => Interval.Contains(at)
        ? new Evidence { Start = Interval.Start, End = Interval.End }
        : Evidence.None;

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) =>
        new(Name, ReasonCode.BlackedOut, "The policy forbids such contacts at this time.", freeAt);
}
