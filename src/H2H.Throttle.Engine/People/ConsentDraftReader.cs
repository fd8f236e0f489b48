using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Checks a consent as a caller describes it.</summary>
internal static class ConsentDraftReader
{
    /// <summary>That it can be revoked goes without saying, so a consent is not told to end on it.</summary>
    private static readonly ImmutableArray<string> Revocation = ["revoked", LedgerEvent.ConsentRevoked];

    /// <summary>The consent that is given at a time; meaningless if a problem was added.</summary>
    public static Func<Instant, GivenConsent> Read(
        ConsentDraft draft, Policy policy, Instant called, Problems problems)
    {
        problems.RequireId(draft.Name, "name", GivenConsent.NameLengthMax);
        problems.CheckText(draft.Proof, "proof", RequestBounds.ProofLengthMax);
        problems.CheckText(draft.Source, "source", RequestBounds.SourceLengthMax);
        CheckTimes(draft, called, problems);
        CheckEndsOn(draft.EndsOn, policy, problems);
        return now => Given(draft, now);
    }

    /// <summary>The consent that a draft without a problem describes, given at a time.</summary>
    public static GivenConsent Given(ConsentDraft draft, Instant now) => new(
        draft.Name!,
        draft.Scope,
        draft.StartsAt ?? now,
        draft.Until,
        [.. draft.EndsOn.Except(Revocation).Order(StringComparer.Ordinal)],
        string.IsNullOrEmpty(draft.Proof) ? null : draft.Proof)
    {
        Source = string.IsNullOrEmpty(draft.Source) ? null : draft.Source,
    };

    public static string ContentOf(ConsentDraft draft) => Fingerprint.Of(
        "grant_consent",
        [
            draft.Name, draft.Scope.Channel, draft.Scope.Purpose, draft.Scope.Topic, draft.Scope.Brand,
            Fingerprint.Number(draft.StartsAt), Fingerprint.Number(draft.Until), draft.Proof, draft.Source,
            Fingerprint.Number(draft.EndsOn.Length), .. draft.EndsOn,
        ]);

    private static void CheckTimes(ConsentDraft draft, Instant called, Problems problems)
    {
        problems.RequireForNow(
            draft.StartsAt is not { } start
                || (start >= NodaConstants.UnixEpoch && start <= called + RequestBounds.PlannedAheadMax),
            ProblemReason.TimeOutOfRange,
            "starts_at",
            "starts_at must not be before 1970, nor more than 400 days ahead.");
        problems.RequireForNow(
            draft.Until is not { } end
                || (end > (draft.StartsAt ?? called) && end <= called + RequestBounds.ConsentMax),
            ProblemReason.TimeOutOfRange,
            "until",
            "until must be after the start of the consent, and not more than 100 years ahead.");
    }

    private static void CheckEndsOn(ImmutableArray<string> endsOn, Policy policy, Problems problems)
    {
        problems.Require(
            endsOn.Length <= GivenConsent.EndsOnMax,
            ProblemReason.EventUnknown,
            "ends_on",
            $"ends_on has {endsOn.Length} outcomes and events; at most {GivenConsent.EndsOnMax} are allowed.");
        for (int i = 0; i < endsOn.Length; i++)
        {
            problems.RequireDeclared(
                Revocation.Contains(endsOn[i])
                    || StandardOutcomes.Names.Contains(endsOn[i])
                    || StandardEvents.Names.Contains(endsOn[i])
                    || policy.Outcomes.Contains(endsOn[i])
                    || policy.Events.Contains(endsOn[i]),
                endsOn[i],
                ProblemReason.EventUnknown,
                $"ends_on[{i}]",
                $"ends_on[{i}] is neither an outcome nor an event, standard or declared by the policy; the standard "
                + $"events are {string.Join(", ", StandardEvents.Names.Order(StringComparer.Ordinal))}.");
        }
    }
}
