using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class GapTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly ContactTraits Email = new("email", "marketing");
    private static readonly Counting Everything = new(Matcher.Any, []);

    [Fact]
    public void It_is_told_as_a_distance()
    {
        Assert.Equal("Less than 4h from another contact.", Explain(new Window.Rolling(Duration.FromHours(4))).Message);
        Assert.Equal("Less than 3 calendar days from another contact.", Explain(new Window.LastDays(3)).Message);
        Assert.Equal("Less than 6 months from another contact.", Explain(new Window.LastMonths(6)).Message);
        Assert.Equal("Less than 2y from another contact.", Explain(new Window.RollingMonths(24)).Message);
    }

    [Fact]
    public void It_names_the_contact_that_is_too_near_and_counts_nothing()
    {
        Reason reason = Explain(new Window.Rolling(Duration.FromHours(4)));

        Assert.Equal(("gap", ReasonCode.TooSoon), (reason.Rule, reason.Code));
        Assert.Equal(new ContactNumber(1), Assert.Single(reason.Counted).Number);
        Assert.Null(reason.Used);
        Assert.Equal(Noon + Duration.FromHours(3), reason.FreeAt);
    }

    [Fact]
    public void A_window_that_is_no_distance_is_refused()
    {
        Window[] windows =
        [
            new Window.Calendar(CalendarUnit.Day), new Window.LastDays(3, CalendarUnit.Week), Window.Forever,
        ];

        Assert.All(windows, static window => Assert.Throws<ArgumentException>(() => Of(window, Everything)));
        Assert.Throws<ArgumentException>(
            static () => Of(new Window.LastDays(3), new Counting(Matcher.Any, [], isWeighted: true)));
    }

    private static Gap Of(Window window, Counting counting) =>
        new("gap", new Density(counting, window, WindowZone.Utc));

    private static Reason Explain(Window distance)
    {
        Instant before = Noon - Duration.FromHours(1);
        Person person = new()
        {
            Ledger = Ledger.Of(
                [new LedgerContact(new ContactNumber(1), before, Email, 1, ContactState.Made, before, null, before)]),
        };
        Policy policy = new()
        {
            Name = "p",
            Channels = ["email"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = [Of(distance, Everything)],
        };
        Attempt attempt = new(Email, Noon);
        return Assert.Single(Assert.IsType<Decision.Denied>(Decider.Decide(policy, person, attempt, Noon)).Reasons);
    }
}
