using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Core.Ledgers;

/// <summary>
/// Something that happened with a person and is no contact: a purchase, an inbound message, a word of theirs.
/// </summary>
/// <param name="Name">What: <c>purchase</c>, <c>inbound_message</c>, <c>opt_out</c>, ….</param>
/// <param name="At">When.</param>
/// <param name="Traits">What it was about, as far as is known.</param>
public sealed record LedgerEvent(string Name, Instant At, ContactTraits Traits)
{
    public const string InboundMessage = "inbound_message";
    public const string OptOut = "opt_out";
    public const string OptIn = "opt_in";
    public const string ConsentGiven = "consent_given";
    public const string ConsentRevoked = "consent_revoked";

    /// <summary>
    /// Whether it is a word of the person, which is about every channel, purpose, topic and brand if it names none.
    /// </summary>
    internal static bool IsWord(string? name) => name is OptOut or OptIn or ConsentGiven or ConsentRevoked;
}
