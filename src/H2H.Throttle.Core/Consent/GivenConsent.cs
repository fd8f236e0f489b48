using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Consent;

/// <summary>A person agreed to contacts of a scope.</summary>
/// <param name="Name">What for, as rules name it.</param>
/// <param name="Scope">Which contacts.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">It is in force before then; null: until it ends otherwise.</param>
/// <param name="EndsOn">Outcomes and events that end it, if they come after its start and it covers them.</param>
/// <param name="Proof">Where it can be shown, in the caller's words; null: nobody told.</param>
public sealed record GivenConsent(
    string Name, Scope Scope, Instant From, Instant? Until, ImmutableArray<string> EndsOn, string? Proof)
{
    /// <summary>The most consents that one person has.</summary>
    public const int ConsentsMax = 64;

    public const int NameLengthMax = 64;

    /// <summary>When it ends, as far as is known; null: not yet.</summary>
    public Instant? EndIn(Ledger ledger)
    {
        Instant? end = Until;
        foreach (LedgerContact contact in ledger.Contacts)
        {
            if (contact.Outcome is { } outcome && Ends(outcome, contact.OutcomeAt, contact.Traits, end))
            {
                end = contact.OutcomeAt;
            }
        }

        foreach (LedgerEvent happened in ledger.Events)
        {
            if (Ends(happened.Name, happened.At, happened.Traits, end))
            {
                end = happened.At;
            }
        }

        return end;
    }

    private bool Ends(string name, Instant at, ContactTraits traits, Instant? end) =>
        EndsOn.Contains(name) && at > From && !(at >= end) && Scope.Covers(traits);
}
