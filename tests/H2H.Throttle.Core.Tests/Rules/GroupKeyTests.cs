using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class GroupKeyTests
{
    private static readonly ContactTraits Whole = new("email", "marketing")
    {
        Brand = "north",
        Campaign = "spring",
        Topic = "loans",
        Sender = "crm",
        Country = "IT",
        Address = "hash",
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", "A"),
    };

    [Theory]
    [InlineData(TraitKey.Channel, "email")]
    [InlineData(TraitKey.Purpose, "marketing")]
    [InlineData(TraitKey.Brand, "north")]
    [InlineData(TraitKey.Campaign, "spring")]
    [InlineData(TraitKey.Topic, "loans")]
    [InlineData(TraitKey.Sender, "crm")]
    [InlineData(TraitKey.Country, "IT")]
    [InlineData(TraitKey.Address, "hash")]
    public void Contacts_are_apart_by_the_trait_that_is_named(TraitKey key, string value) =>
        Assert.Equal(value, new GroupKey.Trait(key).ValueOf(Whole));

    [Fact]
    public void Contacts_are_apart_by_a_label_and_those_without_it_are_together()
    {
        Assert.Equal("A", new GroupKey.Label("project").ValueOf(Whole));
        Assert.Null(new GroupKey.Label("team").ValueOf(Whole));
    }

    [Fact]
    public void Subjects_alone_are_many()
    {
        Assert.True(new GroupKey.Trait(TraitKey.Subject).IsSubject);
        Assert.False(new GroupKey.Trait(TraitKey.Topic).IsSubject);
        Assert.False(new GroupKey.Label("subject").IsSubject);
    }
}
