using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A contact that was asked about or told of, after its checks.</summary>
/// <param name="Person">Whom it is about.</param>
/// <param name="Traits">What it is.</param>
/// <param name="Weight">What it counts for.</param>
/// <param name="PlannedAt">When it is for; null: for the time of the call.</param>
/// <param name="Now">The time of the call.</param>
/// <param name="OverrideReason">Why rules that only warn are to be passed; null: they deny.</param>
/// <param name="Lists">What lists say of the address, as <see cref="Attempt.Lists"/>.</param>
internal sealed record Asked(
    PersonKey Person,
    ContactTraits Traits,
    int Weight,
    Instant? PlannedAt,
    Instant Now,
    string? OverrideReason,
    ImmutableArray<ListStanding> Lists)
{
    /// <summary>What was talked about, where that is not its subjects; none of what is only asked about.</summary>
    public ImmutableArray<string> Discussed { get; init; } = [];

    /// <param name="now">The person's time, which may be later than the call's.</param>
    public Attempt At(Instant now) => For(PlannedAt is { } planned ? Instant.Max(planned, now) : now);

    /// <param name="at">When the contact would be made.</param>
    public Attempt For(Instant at) => new(Traits, at, Weight, OverrideReason) { Lists = Lists };

    /// <summary>The contact as it enters a person's ledger, reserved.</summary>
    /// <param name="record">The person's.</param>
    /// <param name="now">The person's time.</param>
    /// <param name="at">When the contact is made.</param>
    public LedgerContact Next(PersonRecord record, Instant now, Instant at)
    {
        ContactNumber number = new(Math.Max(record.LastNumber.Value + 1, now.ToUnixTimeTicks()));
        return new LedgerContact(number, at, Traits, Weight, ContactState.Reserved, at, null, at);
    }

    /// <summary>Stands for all that the call asks.</summary>
    /// <param name="call">Which.</param>
    /// <param name="others">What it says besides the contact.</param>
    public string ContentOf(string call, params ReadOnlySpan<string?> others) =>
        Fingerprint.Of(call, Traits, Weight, [Fingerprint.Number(PlannedAt), .. others]);
}
