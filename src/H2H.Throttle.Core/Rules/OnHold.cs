using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>No contact while the person has a hold: what the business said, not the person.</summary>
public sealed record OnHold : Rule
{
    public const int HoldLengthMax = 64;

    /// <param name="name">Of the rule.</param>
    /// <param name="hold">The hold's name.</param>
    public OnHold(string name, string hold) : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hold.Length, HoldLengthMax);
        Hold = hold;
    }

    public string Hold { get; }

    public override string KindName => "hold";

    public override Duration? Reach => Duration.Zero;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        !circumstances.Person.Holds.Contains(Hold);

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Allows(circumstances, at) ? at : null;

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        Allows(circumstances, at) ? null : at;

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) =>
        new(Name, ReasonCode.OnHold, $"The business put contact on hold: {Hold}.", freeAt);
}
