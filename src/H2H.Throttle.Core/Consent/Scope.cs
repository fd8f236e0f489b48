using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Consent;

/// <summary>
/// What a person's word is about. A part that is null is about all of its kind; all null is everything.
/// </summary>
public sealed record Scope(
    string? Channel = null, string? Purpose = null, string? Topic = null, string? Brand = null)
{
    public static Scope Everything { get; } = new();

    public bool Covers(ContactTraits traits) =>
        (Channel is null || Channel == traits.Channel)
        && (Purpose is null || Purpose == traits.Purpose)
        && (Topic is null || Topic == traits.Topic)
        && (Brand is null || Brand == traits.Brand);

    /// <summary>
    /// Whether an event is about it: what is not known of the event (an opt-out of everything) may be about all.
    /// </summary>
    public bool Concerns(ContactTraits happened) =>
        (Channel is null || happened.Channel.Length == 0 || Channel == happened.Channel)
        && (Purpose is null || happened.Purpose.Length == 0 || Purpose == happened.Purpose)
        && (Topic is null || happened.Topic is null || Topic == happened.Topic)
        && (Brand is null || happened.Brand is null || Brand == happened.Brand);

    /// <summary>Whether there can be contacts that both are about.</summary>
    public bool Overlaps(Scope other) =>
        (Channel is null || other.Channel is null || Channel == other.Channel)
        && (Purpose is null || other.Purpose is null || Purpose == other.Purpose)
        && (Topic is null || other.Topic is null || Topic == other.Topic)
        && (Brand is null || other.Brand is null || Brand == other.Brand);

    /// <summary>What an event is about that is of this scope and comes from the person.</summary>
    public ContactTraits ToEventTraits() => new(Channel ?? "", Purpose ?? "", isOfEvent: true)
    {
        Topic = Topic,
        Brand = Brand,
        Direction = Direction.In,
    };

    /// <summary>Matches the contacts that it is about.</summary>
    internal Matcher ToMatcher() => new(
    [
        .. from part in new[]
           {
               (Key: TraitKey.Channel, Name: Channel),
               (Key: TraitKey.Purpose, Name: Purpose),
               (Key: TraitKey.Topic, Name: Topic),
               (Key: TraitKey.Brand, Name: Brand),
           }
           where part.Name is not null
           select new Condition.Trait(part.Key, [new Glob(part.Name)]),
    ]);

    /// <summary>Whether all that <paramref name="other"/> is about, this is about too.</summary>
    public bool Contains(Scope other) =>
        (Channel is null || Channel == other.Channel)
        && (Purpose is null || Purpose == other.Purpose)
        && (Topic is null || Topic == other.Topic)
        && (Brand is null || Brand == other.Brand);

    public override string ToString()
    {
        string[] parts =
        [
            .. new[] { ("channel", Channel), ("purpose", Purpose), ("topic", Topic), ("brand", Brand) }
                .Where(static part => part.Item2 is not null)
                .Select(static part => $"{part.Item1} {part.Item2}"),
        ];
        return parts.Length == 0 ? "everything" : string.Join(", ", parts);
    }
}
