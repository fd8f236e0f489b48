using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>What a matcher is held against: an attempt, a contact or an event.</summary>
/// <param name="Traits">What it is about.</param>
/// <param name="Outcome">Of a contact, once it is known; null: none.</param>
/// <param name="Event">The name of an event; null: it is none.</param>
/// <param name="At">When it was; null: it is an attempt, which a rule judges at many instants.</param>
public readonly record struct Happening(
    ContactTraits Traits, string? Outcome = null, string? Event = null, Instant? At = null)
{
    /// <summary>
    /// Whether it is a person's word, of which a channel, purpose, topic or brand that it does not name is one of those
    /// that it is about: it is about all.
    /// </summary>
    internal bool IsAboutUntold { get; init; }

    public static Happening Of(in LedgerContact contact) => new(contact.Traits, contact.Outcome, null, contact.At);

    public static Happening Of(LedgerEvent happened) =>
        new(happened.Traits, null, happened.Name, happened.At) { IsAboutUntold = LedgerEvent.IsWord(happened.Name) };

    /// <summary>For the inside of a <c>not</c>: what is about all is about others than those excluded.</summary>
    internal Happening Inverted() => this with { IsAboutUntold = !IsAboutUntold && LedgerEvent.IsWord(Event) };

    internal bool IsAboutAll(TraitKey key) => IsAboutUntold && key switch
    {
        TraitKey.Channel => Traits.Channel.Length == 0,
        TraitKey.Purpose => Traits.Purpose.Length == 0,
        TraitKey.Topic => Traits.Topic is null,
        TraitKey.Brand => Traits.Brand is null,
        _ => false,
    };
}
