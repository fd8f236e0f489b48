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
/// <param name="EndsOn">Outcomes and events that end it, if they come after its start and are within its scope.</param>
/// <param name="Proof">Where it can be shown, in the caller's words; null: nobody told.</param>
public sealed record GivenConsent(
    string Name, Scope Scope, Instant From, Instant? Until, ImmutableArray<string> EndsOn, string? Proof)
{
    /// <summary>The most consents that one person has, those that have ended included.</summary>
    public const int ConsentsMax = 64;

    public const int NameLengthMax = 64;

    /// <summary>The most outcomes and events that end one.</summary>
    public const int EndsOnMax = 16;

    /// <summary>The most parts of its scope that can be taken back by themselves.</summary>
    public const int ExceptMax = 16;

    /// <summary>Where it was given, in the caller's words; null: nobody told.</summary>
    public string? Source { get; init; }

    /// <summary>The outcome or event by which it ended at <see cref="Until"/>; null: it was given until then.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Parts of its scope that the person took back.</summary>
    public ImmutableArray<Scope> Except { get; init; } = [];

    public bool Covers(ContactTraits traits)
    {
        foreach (Scope taken in Except)
        {
            if (taken.Covers(traits))
            {
                return false;
            }
        }

        return Scope.Covers(traits);
    }

    /// <summary>The same, from now on, without a part that was taken back.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="ExceptMax"/> parts are.</exception>
    public GivenConsent Without(Scope taken, Instant now)
    {
        ImmutableArray<Scope> except = Except.RemoveAll(taken.Contains).Add(taken);
        return except.Length <= ExceptMax
            ? this with { From = Instant.Max(From, now), Except = except }
            : throw new InvalidOperationException($"At most {ExceptMax} parts of a consent are taken back.");
    }

    /// <summary>The same, ended early.</summary>
    public GivenConsent Ended(ConsentEnd end) => this with { Until = end.At, EndedBy = end.By };

    /// <summary>When it ends, as far as is known; null: not yet.</summary>
    public Instant? EndIn(Ledger ledger) => EndingIn(ledger)?.At;

    /// <summary>
    /// What ended it: <see cref="Until"/>, or the first outcome or event that does; null: nothing yet.
    /// </summary>
    public ConsentEnd? EndingIn(Ledger ledger) => EndingIn(ledger, []);

    /// <param name="ledger">Where what ends it can be found.</param>
    /// <param name="also">Outcomes and events that end it too, beside <see cref="EndsOn"/>.</param>
    internal ConsentEnd? EndingIn(Ledger ledger, ImmutableArray<string> also)
    {
        ConsentEnd? end = Until is { } until ? new ConsentEnd(until, EndedBy) : null;
        if (EndsOn.IsEmpty && also.IsEmpty)
        {
            return end;
        }

        foreach (ref readonly LedgerContact contact in ledger.Contacts.AsSpan())
        {
            if (contact.Outcome is { } outcome
                && (EndsOn.Contains(outcome) || also.Contains(outcome))
                && IsEarlier(contact.OutcomeAt, end)
                && Scope.Covers(contact.Traits))
            {
                end = new ConsentEnd(contact.OutcomeAt, outcome);
            }
        }

        foreach (LedgerEvent happened in ledger.Events)
        {
            if ((EndsOn.Contains(happened.Name) || also.Contains(happened.Name))
                && IsEarlier(happened.At, end)
                && Scope.Concerns(happened.Traits))
            {
                end = new ConsentEnd(happened.At, happened.Name);
            }
        }

        return end;
    }

    private bool IsEarlier(Instant at, ConsentEnd? end) => at > From && !(at >= end?.At);
}
