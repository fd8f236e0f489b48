using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;
using ContactState = H2H.Throttle.Wire.ContactState;
using Domain = H2H.Throttle.Core.Decisions;
using LedgerContact = H2H.Throttle.Core.Ledgers.LedgerContact;
using Verdict = H2H.Throttle.Engine.People.Verdict;

namespace H2H.Throttle.Server.Contacts;

/// <summary>Decisions on the wire.</summary>
internal static class DecisionWire
{
    /// <param name="person">Whose contacts the reasons name.</param>
    /// <param name="verdict">The answer.</param>
    public static Decision Write(PersonKey person, Verdict verdict)
    {
        Decision decision = new()
        {
            DecisionId = verdict.Id,
            Policy = verdict.Policy,
            PolicyVersion = verdict.PolicyVersion,
            EvaluatedAt = TimeWire.Write(verdict.At),
            Verdict = Wire.Verdict.Allow,
        };
        if (!verdict.Decision.Warnings.IsEmpty)
        {
            decision.Warnings.AddRange(Write(person, verdict.Decision.Warnings, verdict.At));
        }

        if (!verdict.Decision.Shadows.IsEmpty)
        {
            decision.Shadow.AddRange(Write(person, verdict.Decision.Shadows, verdict.At));
        }

        if (verdict.Decision is Domain.Decision.Denied denied)
        {
            decision.Verdict = Wire.Verdict.Deny;
            decision.Reasons.AddRange(Write(person, denied.Reasons, verdict.At));
            decision.AllowedChannels.AddRange(denied.AllowedChannels);
            decision.Never = denied.NextAllowedAt is null;
            decision.NextAllowedAt = denied.NextAllowedAt is { } next ? TimeWire.Write(next) : null;
        }

        return decision;
    }

    /// <summary>Null if nothing was reserved.</summary>
    public static Reservation? Write(KnownContact? reserved) => reserved is null ? null : new Reservation
    {
        ReservationId = reserved.Id.ToString(),
        ExpiresAt = TimeWire.Write(reserved.Contact.Expires),
    };

    /// <param name="person">Whose contacts the reasons name.</param>
    /// <param name="reasons">In order.</param>
    /// <param name="at">When the contacts that counted are looked at.</param>
    public static IEnumerable<Reason> Write(PersonKey person, IEnumerable<Domain.Reason> reasons, Instant at) =>
        reasons.Select(reason => Write(person, reason, at));

    /// <param name="person">Whose they are.</param>
    /// <param name="counted">They count at <paramref name="at"/>.</param>
    /// <param name="at">When they are looked at.</param>
    public static IEnumerable<CountedContact> Write(PersonKey person, IEnumerable<LedgerContact> counted, Instant at) =>
        counted.Select(contact => Write(person, contact, at));

    private static Reason Write(PersonKey person, Domain.Reason reason, Instant at)
    {
        Reason written = new()
        {
            Rule = reason.Rule,
            Code = (ReasonCode)(int)reason.Code,
            Message = reason.Message,
            Window = reason.Window ?? "",
            FreeAt = reason.FreeAt is { } free ? TimeWire.Write(free) : null,
            Never = reason.FreeAt is null,
            Overridable = reason.IsOverridable,
        };
        if (reason.Used is { } used)
        {
            written.Used = used;
        }

        if (reason.Limit is { } limit)
        {
            written.Limit = limit;
        }

        written.Counted.AddRange(Write(person, reason.Counted, at));
        return written;
    }

    private static CountedContact Write(PersonKey person, LedgerContact contact, Instant at) => new()
    {
        ContactId = new ContactId(person, contact.Number).ToString(),
        At = TimeWire.Write(contact.At),
        Channel = contact.Traits.Channel,
        Purpose = contact.Traits.Purpose,
        Brand = contact.Traits.Brand ?? "",
        Campaign = contact.Traits.Campaign ?? "",
        Weight = contact.Weight,
        State = contact.State switch
        {
            Core.Ledgers.ContactState.Made => ContactState.Confirmed,
            Core.Ledgers.ContactState.Revoked => ContactState.Revoked,

            // It counted, so past its expiry it is not one that the policy releases.
            _ => at < contact.Expires ? ContactState.Reserved : ContactState.Unconfirmed,
        },
    };
}
