using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Always in force: not now.</summary>
internal sealed record Snoozed : Rule
{
    public const string RuleName = "snooze";

    private Snoozed() : base(RuleName) { }

    public static Snoozed InForce { get; } = new();

    public override string KindName => RuleName;

    public override Duration? Reach => Duration.Zero;

    internal override bool Governs(in Circumstances circumstances) =>
        circumstances.Purpose is not { ObeysOptOut: false };

    internal override bool Allows(in Circumstances circumstances, Instant at) => EndOf(circumstances) <= at;

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Instant.Max(EndOf(circumstances), at);

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        EndOf(circumstances) > at ? at : null;

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) =>
        new(Name, ReasonCode.Snoozed, "The person asked to be left alone for a while.", freeAt);

    private static Instant EndOf(in Circumstances circumstances)
    {
        Instant end = Instant.MinValue;
        foreach (Snooze snooze in circumstances.Person.Snoozes)
        {
            if (snooze.Scope.Covers(circumstances.Traits))
            {
                end = Instant.Max(end, snooze.Until);
            }
        }

        return end;
    }
}
