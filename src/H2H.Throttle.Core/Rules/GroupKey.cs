using System.Diagnostics;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Rules;

/// <summary>A key of <c>per</c>: contacts with different values are counted apart.</summary>
/// <remarks>Contacts without a value form a group of their own.</remarks>
public abstract record GroupKey
{
    private GroupKey() { }

    /// <summary>Any trait but direction. A contact with several subjects is in the group of each.</summary>
    public sealed record Trait(TraitKey Key) : GroupKey;

    public sealed record Label(string Name) : GroupKey;

    internal string? ValueOf(ContactTraits traits) => this switch
    {
        Label label => traits.Labels.GetValueOrDefault(label.Name),
        Trait { Key: TraitKey.Channel } => traits.Channel,
        Trait { Key: TraitKey.Purpose } => traits.Purpose,
        Trait { Key: TraitKey.Brand } => traits.Brand,
        Trait { Key: TraitKey.Campaign } => traits.Campaign,
        Trait { Key: TraitKey.Topic } => traits.Topic,
        Trait { Key: TraitKey.Sender } => traits.Sender,
        Trait { Key: TraitKey.Country } => traits.Country,
        Trait { Key: TraitKey.Address } => traits.Address,
        _ => throw new UnreachableException(),
    };

    internal bool IsSubject => this is Trait { Key: TraitKey.Subject };
}
