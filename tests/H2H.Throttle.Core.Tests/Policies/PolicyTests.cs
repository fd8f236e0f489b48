using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Policies;

public sealed class PolicyTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Cap Daily = Over(new Window.Rolling(Duration.FromDays(1)));
    private static readonly Cap Weekly = Over(new Window.Rolling(Duration.FromDays(7)));

    [Fact]
    public void It_looks_as_far_back_as_the_rule_that_looks_farthest()
    {
        Assert.Equal(Duration.Zero, Of().Reach);
        Assert.Equal(Duration.FromDays(7), Of(Daily, Weekly).Reach);
        Assert.Equal(Duration.FromDays(7), Of(Weekly, Daily).Reach);
        Assert.Null(Of(Weekly, Over(Window.Forever), Daily).Reach);
    }

    [Fact]
    public void Kinds_of_pool_are_named_once_and_in_order() => Assert.Equal(
        ["account", "household"],
        Of(Daily, Over("household"), Over("account"), Over("household")).PoolKinds);

    [Fact]
    public void An_opt_out_stops_every_purpose_that_is_not_said_to_be_exempt()
    {
        Policy policy = Of() with
        {
            Purposes = ImmutableDictionary<string, Purpose>.Empty
                .Add("marketing", new Purpose("marketing"))
                .Add("alarm", new Purpose("alarm", ObeysOptOut: false)),
        };

        Assert.True(policy.StopsOnOptOut("marketing"));
        Assert.True(policy.StopsOnOptOut("of an older version"));
        Assert.False(policy.StopsOnOptOut("alarm"));
    }

    [Fact]
    public void A_reservation_that_expired_counts_but_where_the_policy_releases_it()
    {
        LedgerContact reserved = new(
            new ContactNumber(1), Noon, new ContactTraits("email", "marketing"), 1, ContactState.Reserved,
            Noon + Duration.FromHours(1), null, Noon);
        Policy releases = Of() with { ReleasesUnconfirmedOn = ["email"] };

        Assert.True(Of().Counts(reserved, reserved.Expires));
        Assert.True(releases.Counts(reserved, reserved.Expires - Duration.Epsilon));
        Assert.False(releases.Counts(reserved, reserved.Expires));
        Assert.True(releases.Counts(reserved with { State = ContactState.Made }, reserved.Expires));
        Assert.False(Of().Counts(reserved with { State = ContactState.Released }, Noon));
    }

    [Fact]
    public void Spellings_of_a_mailbox_are_told_by_its_domain()
    {
        MailboxRules rules = new([new Glob("*.example")], [new Glob("mail.example"), new Glob("other.test")]);

        Assert.Equal((true, false), (rules.IgnoresTags("tags.example"), rules.IgnoresDots("tags.example")));
        Assert.Equal((false, true), (rules.IgnoresTags("other.test"), rules.IgnoresDots("other.test")));
        Assert.False(rules.IsEmpty);
        Assert.False((rules with { TagsIgnoredAt = [] }).IsEmpty);
        Assert.False((rules with { DotsIgnoredAt = [] }).IsEmpty);
        Assert.True(MailboxRules.None.IsEmpty);
    }

    private static Cap Over(Window window) =>
        new("cap", [new CapLimit(null, 1)], new Density(new Counting(Matcher.Any, []), window, WindowZone.Utc));

    private static Cap Over(string pool) => new(
        "cap",
        [new CapLimit(null, 1)],
        new Density(new Counting(Matcher.Any, []), Window.Forever, WindowZone.Utc) { Pool = pool });

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty,
        Rules = rules,
    };
}
