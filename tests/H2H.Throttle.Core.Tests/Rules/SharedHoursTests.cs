using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>Hours of people who may be in any of several zones, against trying every quarter of an hour.</summary>
public sealed class SharedHoursTests
{
    private const int QuartersTried = 12 * 24 * 4;

    private static readonly Duration Quarter = Duration.FromMinutes(15);

    [Fact]
    public void The_time_that_all_zones_share_is_the_first_that_each_allows()
    {
        int found = 0;
        int never = 0;
        Trials.Each(120, number =>
        {
            Random dice = new(number);
            NaiveHours hours = Told(dice);
            string? country = ((string?[])["US", "AU", "RU", "BR", "PT", null])[dice.Next(6)];
            Instant at = Instant.FromUtc(2026, dice.Next(1, 13), dice.Next(1, 29), dice.Next(24), 15 * dice.Next(4));
            ImmutableArray<DateTimeZone> zones = country is null
                ? CandidateZones.All(at)
                : CandidateZones.OfCountry(country, at)!.Value;
            Instant? expected = Enumerable.Range(0, QuartersTried).Select(i => at + (Quarter * i)).Cast<Instant?>()
                .FirstOrDefault(then => zones.All(zone => hours.IsInside(then!.Value, zone) != hours.IsQuiet));

            Hours rule = new("hours", hours.ToSchedule(), hours.IsQuiet, WindowZone.Person);
            AssertNext(number, expected, at, Decide(at, new Person { Country = country }, [rule]));
            if (hours.IsQuiet)
            {
                PersonQuiet quiet = new(Scope.Everything, hours.ToSchedule(), "told", null);
                Person person = new() { Country = country, QuietTimes = [quiet] };
                AssertNext(number, expected, at, Decide(at, person, []));
            }

            found += expected > at ? 1 : 0;
            never += expected is null ? 1 : 0;
        });

        Trials.AssertSeen(found > 0 && never > 0, $"{found} were found later, {never} never: one was hardly tried.");
    }

    [Fact]
    public void Times_that_no_zone_shares_are_over_when_they_were_said_to_be()
    {
        NaiveHours nights = new([.. Enumerable.Repeat<ImmutableArray<DayInterval>>([new(21 * 60, 33 * 60)], 7)])
        {
            IsQuiet = true,
        };
        PersonQuiet quiet = new(Scope.Everything, nights.ToSchedule(), "nights", new LocalDate(2031, 5, 1));
        Instant at = Instant.FromUtc(2026, 3, 2, 0, 0);

        Decision decision = Decide(at, new Person { QuietTimes = [quiet] }, []);

        Instant next = Assert.IsType<Decision.Denied>(decision).NextAllowedAt!.Value;
        Assert.InRange(next, Instant.FromUtc(2031, 5, 1, 10, 0), Instant.FromUtc(2031, 5, 2, 12, 0));
    }

    private static void AssertNext(int number, Instant? expected, Instant at, Decision decision)
    {
        Instant? next = decision is Decision.Denied denied ? denied.NextAllowedAt : at;
        Instant end = at + (Quarter * QuartersTried);
        Assert.True(expected == next || (expected is null && next >= end), $"{number}: {expected}, but {next}");
    }

    private static Decision Decide(Instant at, Person person, ImmutableArray<Rule> rules)
    {
        Policy policy = new()
        {
            Name = "shared",
            Channels = ["phone"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = rules,
        };
        return Decider.Decide(policy, person, new Attempt(new ContactTraits("phone", "marketing"), at), at);
    }

    private static NaiveHours Told(Random dice)
    {
        int opens = 15 * dice.Next(0, 96);
        int lasts = 15 * dice.Next(8, 97);
        ImmutableArray<DayInterval> open = [new DayInterval(opens, opens + lasts)];
        return new NaiveHours([.. Enumerable.Range(0, 7).Select(_ => dice.Next(7) > 0 ? open : [])])
        {
            IsQuiet = dice.Next(2) == 0,
        };
    }
}
