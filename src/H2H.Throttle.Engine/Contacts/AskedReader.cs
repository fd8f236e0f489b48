using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>Checks a question about a contact.</summary>
internal sealed class AskedReader(IdentityHasher hasher, ListShelf lists)
{
    private readonly ContactReader reader = new(hasher);

    /// <exception cref="RequestException">Something is wrong.</exception>
    public Checking Read(CheckDraft draft, RequestClock clock, PolicyInForce version, DecisionMeter meter)
    {
        Problems problems = new();
        Instant called = clock.Read(draft.At, problems);
        return new Checking(Read(draft.Contact, called, draft.OverrideReason, version, problems), version, meter);
    }

    /// <param name="draft">The contact.</param>
    /// <param name="called">The time of the call.</param>
    /// <param name="overrideReason">Null or empty: none.</param>
    /// <param name="version">In force.</param>
    /// <param name="problems">What is wrong so far.</param>
    /// <param name="isMade">It was made already, so that lists which cannot be read do not stop anything.</param>
    /// <exception cref="RequestException">Something is wrong, here or before.</exception>
    public Asked Read(
        ContactDraft draft,
        Instant called,
        string? overrideReason,
        PolicyInForce version,
        Problems problems,
        bool isMade = false)
    {
        problems.CheckPlanned(draft.PlannedAt, "contact.planned_at", called);
        problems.CheckText(overrideReason, "override_reason", RequestBounds.ReasonLengthMax);
        (PersonKey person, ContactTraits traits) = reader.Read(draft, version.Policy, problems);
        string? reason = string.IsNullOrEmpty(overrideReason) ? null : overrideReason;
        return new Asked(
            person,
            traits,
            draft.Weight,
            draft.PlannedAt,
            called,
            reason,
            isMade
                ? lists.StandingsOf(version.Policy, traits)
                : lists.StandingsOf(version.Policy, traits, draft.Address));
    }
}
