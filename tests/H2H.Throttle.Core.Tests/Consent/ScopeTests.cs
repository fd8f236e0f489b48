using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Tests.Consent;

public sealed class ScopeTests
{
    private static readonly Scope All = new("email", "marketing", "news", "north");

    /// <summary>Each part of a scope by itself: named, named otherwise, and left out.</summary>
    public static TheoryData<Scope, Scope> Parts() => new()
    {
        { new Scope(Channel: "email"), new Scope(Channel: "phone") },
        { new Scope(Purpose: "marketing"), new Scope(Purpose: "research") },
        { new Scope(Topic: "news"), new Scope(Topic: "loans") },
        { new Scope(Brand: "north"), new Scope(Brand: "south") },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Part_that_is_named_must_be_the_same(Scope same, Scope other)
    {
        ContactTraits contact = new("email", "marketing") { Topic = "news", Brand = "north" };

        Assert.True(same.Covers(contact));
        Assert.False(other.Covers(contact));
        Assert.True(same.Contains(All));
        Assert.False(other.Contains(All));
        Assert.False(All.Contains(same));
        Assert.True(Scope.Everything.Contains(same));
        Assert.True(same.Overlaps(All));
        Assert.True(All.Overlaps(same));
        Assert.False(other.Overlaps(All));
        Assert.False(All.Overlaps(other));
        Assert.True(same.Overlaps(Scope.Everything));
        Assert.True(Scope.Everything.Overlaps(same));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Event_may_be_about_what_is_not_known_of_it(Scope same, Scope other)
    {
        ContactTraits untold = new("", "", isOfEvent: true);
        ContactTraits told = All.ToEventTraits();

        Assert.True(same.Concerns(untold));
        Assert.True(same.Concerns(told));
        Assert.False(other.Concerns(told));
        Assert.True(Scope.Everything.Concerns(told));
    }

    [Fact]
    public void What_is_said_of_a_scope_is_an_event_of_it_that_comes_in()
    {
        Assert.Equal(
            new ContactTraits("email", "marketing") { Topic = "news", Brand = "north", Direction = Direction.In },
            All.ToEventTraits());
        Assert.Equal(
            new ContactTraits("", "", isOfEvent: true) { Direction = Direction.In }, Scope.Everything.ToEventTraits());
    }

    [Fact]
    public void Scope_is_told_by_the_parts_that_it_names()
    {
        Assert.Equal("everything", Scope.Everything.ToString());
        Assert.Equal("channel email", new Scope("email").ToString());
        Assert.Equal("channel email, purpose marketing, topic news, brand north", All.ToString());
    }
}
