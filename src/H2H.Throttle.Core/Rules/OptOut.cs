using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Always in force: no means no.</summary>
internal sealed record OptOut : Rule
{
    public const string RuleName = "opt-out";

    private OptOut() : base(RuleName) { }

    public static OptOut InForce { get; } = new();

    public override string KindName => RuleName;

    public override Duration? Reach => Duration.Zero;

    internal override bool Governs(in Circumstances circumstances) =>
        circumstances.Purpose is not { ObeysOptOut: false };

    internal override bool Allows(in Circumstances circumstances, Instant at) => Said(circumstances) is null;

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Said(circumstances) is null ? at : null;

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        Said(circumstances) is null ? null : at;

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) => new(
        Name,
        ReasonCode.OptedOut,
        $"The person opted out of {Said(circumstances)?.Scope ?? Scope.Everything}.",
        freeAt);

    private static Statement? Said(in Circumstances circumstances) =>
        circumstances.Person.Statements.OptOutFor(circumstances.Traits);
}
