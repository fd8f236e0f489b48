using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;

namespace H2H.Throttle.Core.Rules;

/// <summary>What a matcher is held against: an attempt, a contact or an event.</summary>
/// <param name="Traits">What it is about.</param>
/// <param name="Outcome">Of a contact, once it is known; null: none.</param>
/// <param name="Event">The name of an event; null: it is none.</param>
public readonly record struct Happening(ContactTraits Traits, string? Outcome = null, string? Event = null)
{
    public static Happening Of(in LedgerContact contact) => new(contact.Traits, contact.Outcome);

    public static Happening Of(LedgerEvent happened) => new(happened.Traits, null, happened.Name);
}
