using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>No contact without a consent of that name that covers it and is in force.</summary>
public sealed record ConsentNeeded : Rule
{
    /// <param name="name">Of the rule.</param>
    /// <param name="consent">The consent's name.</param>
    public ConsentNeeded(string name, string consent) : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(consent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(consent.Length, GivenConsent.NameLengthMax);
        Consent = consent;
    }

    public string Consent { get; }

    public override string KindName => "consent";

    public override Duration? Reach => Duration.Zero;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        IsInForce(circumstances, Consent, at);

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        InForceFrom(circumstances, Consent, at);

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        MissingFrom(circumstances, Consent, at);

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt) => new(
        Name, ReasonCode.ConsentMissing, $"No consent called {Consent} that covers this is in force.", freeAt);

    internal static bool IsInForce(in Circumstances circumstances, string consent, Instant at) =>
        IsInForce(circumstances.Person, circumstances.Traits, consent, at);

    internal static bool IsInForce(Person person, ContactTraits traits, string consent, Instant at)
    {
        foreach (GivenConsent given in person.Consents)
        {
            if (IsInForce(given, person, traits, consent, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The first instant from <paramref name="at"/> on at which such a consent is in force; null: never.
    /// </summary>
    internal static Instant? InForceFrom(in Circumstances circumstances, string consent, Instant at)
    {
        if (IsInForce(circumstances, consent, at))
        {
            return at;
        }

        Instant? first = null;
        foreach (GivenConsent given in circumstances.Person.Consents)
        {
            bool begins = given.Name == consent
                && given.Covers(circumstances.Traits)
                && given.From > at
                && !(given.EndIn(circumstances.Person.Ledger) <= given.From);
            first = begins && !(first < given.From) ? given.From : first;
        }

        return first;
    }

    /// <summary>
    /// The first instant from <paramref name="at"/> on at which none is in force; null: one always is.
    /// </summary>
    internal static Instant? MissingFrom(in Circumstances circumstances, string consent, Instant at)
    {
        Instant until = at;
        bool isInForce = true;
        while (isInForce)
        {
            isInForce = false;
            foreach (GivenConsent given in circumstances.Person.Consents)
            {
                if (IsInForce(given, circumstances.Person, circumstances.Traits, consent, until))
                {
                    if (given.EndIn(circumstances.Person.Ledger) is not { } end)
                    {
                        return null;
                    }

                    (until, isInForce) = (end, true);
                }
            }
        }

        return until;
    }

    private static bool IsInForce(
        GivenConsent given, Person person, ContactTraits traits, string consent, Instant at) =>
        given.Name == consent
        && given.From <= at
        && given.Covers(traits)
        && !(given.EndIn(person.Ledger) <= at);
}
