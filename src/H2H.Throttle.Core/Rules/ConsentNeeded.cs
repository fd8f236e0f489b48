using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>No contact without a consent of that name that covers it and is in force.</summary>
public sealed record ConsentNeeded : Rule
{
    /// <param name="name">Of the rule.</param>
    /// <param name="consent">Which consent.</param>
    public ConsentNeeded(string name, ConsentTerms consent) : base(name) => Consent = consent;

    public ConsentTerms Consent { get; }

    public override string KindName => "consent";

    public override Duration? Reach => Duration.Zero;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        Consent.IsMet(circumstances.Person, circumstances.Traits, at);

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Consent.MetFrom(circumstances.Person, circumstances.Traits, at);

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        Consent.MissedFrom(circumstances.Person, circumstances.Traits, at);

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) => new(
        Name, ReasonCode.ConsentMissing, $"No consent called {Consent.Name} that covers this is in force.", freeAt);
}
