using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What a call with a request id was answered, so that asking again is answered alike.</summary>
/// <param name="At">When.</param>
internal sealed record Answer(Instant At)
{
    /// <summary>Whose numbers its contacts have. Not stored in it.</summary>
    public PersonKey Person { get; init; }

    /// <summary>
    /// Whether the call put a contact into the ledger, so that forgetting the answer could make a repetition count
    /// twice.
    /// Any other call does the same if it is repeated, or says that it was done before.
    /// </summary>
    public bool HasCounted { get; init; }

    /// <summary>Null: the call was no question.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The contact that the call was about, as it stood then; null: none.</summary>
    public LedgerContact? Contact { get; init; }

    public bool IsLate { get; init; }

    public bool IsRevoked { get; init; }

    public ImmutableArray<Reason> Overshoot { get; init; } = [];

    public ImmutableArray<ContactNumber> Revoked { get; init; } = [];

    public int Lifted { get; init; }

    /// <summary>Whether one message may confirm what the person said.</summary>
    public bool MayConfirm { get; init; }
}
