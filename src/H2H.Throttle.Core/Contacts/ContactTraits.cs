using System.Collections.Immutable;

namespace H2H.Throttle.Core.Contacts;

/// <summary>What can be said of a contact besides when it is and what became of it: all that rules match on.</summary>
/// <remarks>Equal by content. Contacts with equal traits share one instance in a ledger.</remarks>
public sealed class ContactTraits : IEquatable<ContactTraits>
{
    public const int NameLengthMax = 128;
    public const int SubjectsMax = 16;
    public const int LabelsMax = 16;
    public const int PriorityMax = 100;

    /// <exception cref="ArgumentException">A name is empty or longer than <see cref="NameLengthMax"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A list or the priority is past its maximum.</exception>
    /// <param name="channel">Empty only if <paramref name="isOfEvent"/>.</param>
    /// <param name="purpose">Empty only if <paramref name="isOfEvent"/>.</param>
    /// <param name="isOfEvent">Of an event less may be known than of a contact.</param>
    public ContactTraits(string channel, string purpose, bool isOfEvent = false)
    {
        Channel = isOfEvent && channel.Length == 0 ? "" : Name(channel);
        Purpose = isOfEvent && purpose.Length == 0 ? "" : Name(purpose);
    }

    private ContactTraits(ContactTraits other, string channel, string purpose)
        : this(channel, purpose, other.Channel.Length == 0 || other.Purpose.Length == 0)
    {
        (Brand, Campaign, Topic, Sender) = (other.Brand, other.Campaign, other.Topic, other.Sender);
        (Country, Direction, Priority) = (other.Country, other.Direction, other.Priority);
        (Subjects, Labels) = (other.Subjects, other.Labels);
    }

    public string Channel { get; init; }

    public string Purpose { get; init; }

    /// <summary>Null: none given. The same holds for every name below.</summary>
    public string? Brand { get; init => field = NameOrNull(value); }

    public string? Campaign { get; init => field = NameOrNull(value); }

    public string? Topic { get; init => field = NameOrNull(value); }

    public string? Sender { get; init => field = NameOrNull(value); }

    /// <summary>ISO 3166-1 alpha-2, upper case; null: the person's.</summary>
    public string? Country { get; init => field = NameOrNull(value); }

    /// <summary>The keyed hash of the address that is used; never the address itself.</summary>
    public string? Address { get; init => field = NameOrNull(value); }

    public Direction Direction { get; init; }

    /// <summary>0 (default, least) to <see cref="PriorityMax"/>.</summary>
    public int Priority
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, PriorityMax);
            field = value;
        }
    }

    /// <summary>What the contact is for: debts, products, cases. Ordered, without duplicates, maybe empty.</summary>
    public ImmutableArray<string> Subjects
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, SubjectsMax, nameof(Subjects));
            field = AreInOrder(value) ? value : [.. value.Select(Name).Distinct().Order(StringComparer.Ordinal)];
        }
    }
    = [];

    /// <summary>The caller's own words, by name; maybe empty.</summary>
    public ImmutableSortedDictionary<string, string> Labels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Count, LabelsMax, nameof(Labels));
            foreach ((string name, string text) in value)
            {
                _ = Name(name);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, NameLengthMax, nameof(Labels));
            }

            field = value;
        }
    }
    = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The same contact about other subjects.</summary>
    public ContactTraits About(ImmutableArray<string> subjects) => new(this, Channel, Purpose)
    {
        Address = Address,
        Subjects = subjects,
    };

    /// <summary>The same contact for another purpose.</summary>
    public ContactTraits For(string purpose) => new(this, Channel, purpose) { Address = Address };

    /// <summary>The same contact by another hash of its address.</summary>
    public ContactTraits At(string? address) => new(this, Channel, Purpose) { Address = address };

    /// <summary>The same contact on another channel.</summary>
    public ContactTraits On(string channel) => new(this, channel, Purpose);

    public bool Equals(ContactTraits? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Channel == other.Channel && Purpose == other.Purpose
            && Brand == other.Brand && Campaign == other.Campaign && Topic == other.Topic && Sender == other.Sender
            && Country == other.Country && Address == other.Address
            && Direction == other.Direction && Priority == other.Priority
            && Subjects.AsSpan().SequenceEqual(other.Subjects.AsSpan())
            && (ReferenceEquals(Labels, other.Labels) || Labels.SequenceEqual(other.Labels)));

    public override bool Equals(object? obj) => Equals(obj as ContactTraits);

    public override int GetHashCode() =>
        HashCode.Combine(Channel, Purpose, Brand, Campaign, Topic, Sender, Address, Priority);

    private static string Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameLengthMax);
        return name;
    }

    /// <summary>Whether nothing is to be sorted and none is there twice: as it was stored.</summary>
    private static bool AreInOrder(ImmutableArray<string> names)
    {
        string before = "";
        foreach (string name in names)
        {
            if (string.CompareOrdinal(before, Name(name)) >= 0)
            {
                return false;
            }

            before = name;
        }

        return true;
    }

    private static string? NameOrNull(string? name) => name is null ? null : Name(name);
}
