using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Checks what a caller says that happened.</summary>
internal static class EventDraftReader
{
    /// <summary>The event that is told of at a time; meaningless if a problem was added.</summary>
    public static Func<Instant, LedgerEvent> Read(EventDraft draft, Policy policy, Instant called, Problems problems)
    {
        problems.RequireId(draft.Name, "name", RequestBounds.NameLengthMax);
        problems.RequireDeclared(
            string.IsNullOrEmpty(draft.Name)
                || StandardEvents.Names.Contains(draft.Name)
                || policy.Events.Contains(draft.Name),
            draft.Name,
            ProblemReason.EventUnknown,
            "name",
            $"name is neither a standard event nor one that the policy declares; the standard ones are "
            + $"{string.Join(", ", StandardEvents.Names.Order(StringComparer.Ordinal))}.");
        problems.Require(
            draft.Name is null || !StandardEvents.Said.Contains(draft.Name),
            ProblemReason.FieldNotAllowed,
            "name",
            "name is what a person said, which does more than happen: call OptOut, OptIn, GrantConsent or "
            + "RevokeConsent, which record it too.");
        ScopeChecks.Check(draft.About, "", policy, problems);
        problems.CheckText(draft.Brand, "brand", RequestBounds.NameLengthMax);
        problems.CheckSubjects(draft.Subjects, "subjects");
        problems.CheckPast(draft.HappenedAt, "happened_at", called);
        problems.CheckText(draft.Source, "source", RequestBounds.SourceLengthMax);
        return now => Happened(draft, now);
    }

    /// <summary>The event that a draft without a problem describes, told of at a time.</summary>
    public static LedgerEvent Happened(EventDraft draft, Instant now) =>
        new(draft.Name!, draft.HappenedAt ?? now, TraitsOf(draft));

    public static string ContentOf(EventDraft draft) => Fingerprint.Of(
        "record_event",
        [
            draft.Name, draft.About.Channel, draft.About.Purpose, draft.About.Topic, draft.Brand,
            Fingerprint.Number(draft.HappenedAt), draft.Source,
            Fingerprint.Number(draft.Subjects.Length), .. draft.Subjects,
        ]);

    private static ContactTraits TraitsOf(EventDraft draft) =>
        new(draft.About.Channel ?? "", draft.About.Purpose ?? "", isOfEvent: true)
        {
            Topic = draft.About.Topic,
            Brand = string.IsNullOrEmpty(draft.Brand) ? null : draft.Brand,
            Subjects = draft.Subjects,
            Direction = Direction.In,
        };
}
