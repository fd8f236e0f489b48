using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Tests.Contacts;

public sealed class ContactTraitsTests
{
    private static ContactTraits Whole => new("email", "marketing")
    {
        Brand = "north",
        Campaign = "card",
        Topic = "loans",
        Sender = "crm",
        Country = "IT",
        Address = "hash",
        Priority = 40,
        Subjects = ["house", "car", "house"],
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", "A"),
    };

    [Fact]
    public void Traits_are_equal_by_content()
    {
        Assert.Equal(Whole, Whole);
        Assert.Equal(Whole.GetHashCode(), Whole.GetHashCode());
        Assert.NotEqual(Whole, Whole.On("sms"));
        Assert.NotEqual(Whole, new ContactTraits("email", "marketing"));
    }

    [Fact]
    public void Subjects_are_ordered_and_named_once() => Assert.Equal(["car", "house"], Whole.Subjects);

    [Fact]
    public void Contact_on_another_channel_has_no_address_there()
    {
        ContactTraits sms = Whole.On("sms");

        Assert.Equal(("sms", "marketing", "north", "card", "loans", "crm"),
            (sms.Channel, sms.Purpose, sms.Brand, sms.Campaign, sms.Topic, sms.Sender));
        Assert.Equal(Whole.Labels, sms.Labels);
        Assert.Null(sms.Address);
    }

    [Fact]
    public void Names_lists_and_priorities_past_their_bounds_are_refused()
    {
        string longName = new('x', ContactTraits.NameLengthMax + 1);

        Assert.Throws<ArgumentException>(static () => new ContactTraits("", "marketing"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactTraits("email", longName));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactTraits("email", "m") { Brand = longName });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ContactTraits("email", "m") { Priority = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ContactTraits("email", "m") { Priority = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ContactTraits("email", "m")
        {
            Subjects = [.. Enumerable.Range(0, ContactTraits.SubjectsMax + 1).Select(static i => $"s{i}")],
        });
    }
}
