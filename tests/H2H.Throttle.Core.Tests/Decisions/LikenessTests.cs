using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Decisions;

public sealed class LikenessTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly ImmutableArray<Glob> Anything = [new Glob("*")];
    private static readonly ContactTraits Email = new("email", "marketing") { Address = "hash" };

    private static readonly (string Name, ContactTraits Traits, Condition Sees, GroupKey? Apart)[] Seldom =
    [
        ("campaign", new("email", "marketing") { Address = "hash", Campaign = "spring" },
            new Condition.Trait(TraitKey.Campaign, Anything), new GroupKey.Trait(TraitKey.Campaign)),
        ("sender", new("email", "marketing") { Address = "hash", Sender = "crm" },
            new Condition.Trait(TraitKey.Sender, Anything), new GroupKey.Trait(TraitKey.Sender)),
        ("subject", new("email", "marketing") { Address = "hash", Subjects = ["car"] },
            new Condition.Trait(TraitKey.Subject, Anything), new GroupKey.Trait(TraitKey.Subject)),
        ("label",
            new("email", "marketing")
            {
                Address = "hash",
                Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", "A"),
            },
            new Condition.Label("project", Anything), new GroupKey.Label("project")),
        ("priority", new("email", "marketing") { Address = "hash", Priority = 10 },
            new Condition.Priority(5, 100), null),
    ];

    [Fact]
    public void What_a_person_can_speak_of_and_where_it_goes_always_tells_contacts_apart()
    {
        ContactTraits[] others =
        [
            Email.On("sms").At("hash"), Email.For("service"), Email.At("other"),
            new("email", "marketing") { Address = "hash", Topic = "loans" },
            new("email", "marketing") { Address = "hash", Brand = "north" },
            new("email", "marketing") { Address = "hash", Country = "IT" },
            new("email", "marketing") { Address = "hash", Direction = Direction.In },
        ];

        Assert.All(others, static other => Assert.False(Likeness(Of()).AreAlike(Asking(Email), Asking(other))));
        Assert.True(Likeness(Of()).AreAlike(Asking(Email), Asking(Email.At("hash"))));
    }

    [Fact]
    public void Weight_override_and_what_lists_say_tell_them_apart_too()
    {
        Attempt listed = new(Email, Noon) { Lists = [new ListStanding("own", Noon, IsListed: true)] };

        Assert.False(Likeness(Of()).AreAlike(Asking(Email), new Attempt(Email, Noon, 2)));
        Assert.False(Likeness(Of()).AreAlike(Asking(Email), new Attempt(Email, Noon, 1, "they asked")));
        Assert.False(Likeness(Of()).AreAlike(Asking(Email), listed));
        Assert.True(Likeness(Of()).AreAlike(
            new Attempt(Email, Noon, 1, "they asked"), new Attempt(Email, Noon, 1, "they wrote")));
    }

    [Fact]
    public void What_no_rule_names_tells_nothing_apart() =>
        Assert.All(Seldom, static one => Assert.True(
            Likeness(Of(Cap(Matcher.Any))).AreAlike(Asking(Email), Asking(one.Traits)), one.Name));

    [Fact]
    public void What_a_rule_names_tells_contacts_apart_and_nothing_else_does()
    {
        foreach ((string name, _, Condition sees, GroupKey? apart) in Seldom)
        {
            Matcher named = new([sees]);
            Cap[] rules =
            [
                Cap(named), Cap(new([new Condition.Not(named)])),
                Cap(Matcher.Any) with { When = named }, Cap(Matcher.Any) with { Unless = named },
                .. apart is null ? (Cap[])[] : [Cap(Matcher.Any, apart)],
            ];
            foreach (Cap rule in rules)
            {
                Assert.All(Seldom, other => Assert.Equal(
                    other.Name != name, Likeness(Of(rule)).AreAlike(Asking(Email), Asking(other.Traits))));
            }
        }
    }

    private static Likeness Likeness(Policy policy) => new(policy);

    private static Attempt Asking(ContactTraits traits) => new(traits, Noon);

    private static Cap Cap(Matcher counted, params ImmutableArray<GroupKey> per) => new(
        "cap",
        [new CapLimit(null, 2)],
        new Density(new Counting(counted, per), new Window.Rolling(Duration.FromDays(1)), WindowZone.Utc));

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "sms"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };
}
