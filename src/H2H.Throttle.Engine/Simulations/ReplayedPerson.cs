using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>A person as they were at an instant that only moves on, with the contacts that a policy admitted.</summary>
/// <remarks>
/// What is known with its time comes when its time comes: events, outcomes, opt-outs, consents. What is known without
/// (zone, country, attributes, pools) is as it is now. The person's own limits, quiet times and snoozes are left out:
/// no policy changes them, they do not tell since when they are, and what was made has passed them.
/// </remarks>
internal sealed class ReplayedPerson
{
    private readonly Person now;
    private readonly PriorityQueue<LedgerContact, Instant> outcomes = new();
    private Person seen;
    private int events;

    public ReplayedPerson(Person now)
    {
        this.now = now;
        seen = now with
        {
            Limits = [],
            QuietTimes = [],
            Snoozes = [],
            Statements = Statements.None,
            Consents = [],
            Ledger = Ledger.Empty,
        };
    }

    public Person At(Instant asked)
    {
        Ledger ledger = seen.Ledger;
        while (outcomes.TryPeek(out LedgerContact told, out Instant when) && when <= asked)
        {
            outcomes.Dequeue();
            ledger = ledger.Find(told.Number) is null ? ledger : ledger.Replace(told);
        }

        ImmutableArray<LedgerEvent> all = now.Ledger.Events;
        for (; events < all.Length && all[events].At <= asked; events++)
        {
            ledger = ledger.Add(all[events]);
        }

        seen = seen with
        {
            Ledger = ledger,
            Statements = StatementsAt(asked),
            Consents = ConsentsAt(asked),
        };
        return seen;
    }

    /// <summary>A contact counts from now on; what became of it, from when that was so.</summary>
    public void Have(LedgerContact contact, Instant asked)
    {
        bool isToldLater = contact.Outcome is not null && contact.OutcomeAt > asked;
        LedgerContact known = isToldLater
            ? contact with { Outcome = null, OutcomeAt = contact.At, Discussed = null }
            : contact;
        Ledger ledger = seen.Ledger.IsFull ? seen.Ledger.WithoutOldest() : seen.Ledger;
        seen = seen with { Ledger = ledger.Add(known) };
        if (isToldLater)
        {
            outcomes.Enqueue(contact, contact.OutcomeAt);
        }
    }

    private Statements StatementsAt(Instant asked)
    {
        ImmutableArray<Statement> all = now.Statements.Items;
        return all.IsEmpty || all[^1].At <= asked
            ? now.Statements
            : Statements.Of(all.Where(said => said.At <= asked));
    }

    private ImmutableArray<GivenConsent> ConsentsAt(Instant asked) => now.Consents.IsEmpty
        ? []
        :
        [
            .. now.Consents
                .Where(given => given.From <= asked)
                .Select(given => given.EndedBy is not null && given.Until > asked
                    ? given with { Until = null, EndedBy = null }
                    : given),
        ];
}
