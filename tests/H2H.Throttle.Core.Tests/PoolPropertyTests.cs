using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Stories;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests;

/// <summary>
/// People in a pool are to its caps as one person who had all their contacts, over stories that nobody thought of.
/// </summary>
public sealed class PoolPropertyTests
{
    private const string Kind = "household";

    [Fact]
    public void Pooled_caps_judge_as_if_one_person_had_every_contact() => Check(2500, static (whole, shared) =>
    {
        Decision one = Decider.Decide(whole.Policy, whole.Person, whole.Attempt, whole.Now);

        Decision decision = Decider.Decide(shared.Policy, shared.Person, shared.Attempt, shared.Now);

        Assert.Equal(Numbers(one), Numbers(decision));
        Assert.Equal((one as Decision.Denied)?.NextAllowedAt, (decision as Decision.Denied)?.NextAllowedAt);
        Assert.Equal(
            (one as Decision.Denied)?.AllowedChannels ?? [], (decision as Decision.Denied)?.AllowedChannels ?? []);
    });

    [Fact]
    public void Reasons_name_nobodys_contacts_but_the_persons_own() => Check(1000, static (whole, shared) =>
    {
        if (Decider.Decide(whole.Policy, whole.Person, whole.Attempt, whole.Now) is not Decision.Denied one)
        {
            return;
        }

        ImmutableArray<Reason> reasons = ((Decision.Denied)Decider.Decide(
            shared.Policy, shared.Person, shared.Attempt, shared.Now)).Reasons;

        Assert.Equal(
            one.Reasons.Select(reason => Texts(reason.Counted.Where(shared.Person.Ledger.Contacts.Contains))),
            reasons.Select(static reason => Texts(reason.Counted)));
    });

    [Fact]
    public void Slots_are_those_of_one_person_with_every_contact() => Check(600, static (whole, shared) =>
        Assert.Equal(Slots(whole), Slots(shared)));

    [Fact]
    public void Whoever_is_in_no_such_pool_is_counted_alone() => Check(600, static (_, shared) =>
    {
        Person lonely = shared.Person with { Pools = Person.Unknown.Pools };
        Policy alone = With(shared.Policy, pool: null);

        Assert.Equal(
            Numbers(Decider.Decide(alone, lonely, shared.Attempt, shared.Now)),
            Numbers(Decider.Decide(shared.Policy, lonely, shared.Attempt, shared.Now)));
    });

    private static string Numbers(Decision decision) => decision is Decision.Denied denied
        ? string.Join('\n', denied.Reasons.Select(static reason =>
            $"{reason.Rule} {reason.Code} {reason.Used} of {reason.Limit} until {reason.FreeAt}"))
        : "allowed";

    private static string Texts(IEnumerable<LedgerContact> contacts) =>
        string.Join(' ', contacts.Select(static contact => contact.Number.Value));

    private static ImmutableArray<Interval> Slots(Story story) => Decider.FindSlots(
        story.Policy,
        story.Person,
        story.Attempt,
        story.Now,
        story.Now,
        story.Now + Duration.FromDays(40),
        slotsMax: 1000);

    /// <summary>A story with caps alone, told of one person, and again of one who shares a pool.</summary>
    private static void Check(int count, Action<Story, Story> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        number =>
        {
            Story told = new StoryTeller(number).Tell();
            Story whole = told with
            {
                Person = told.Person with { Limits = [], QuietTimes = [] },
                Policy = With(told.Policy, pool: null),
            };
            Story shared = whole with { Person = Split(whole.Person, number), Policy = With(told.Policy, Kind) };
            try
            {
                holds(whole, shared);
            }
            catch (Exception failure)
            {
                throw new Xunit.Sdk.XunitException($"Story {number}\n{whole.Describe()}\n{failure.Message}", failure);
            }
        }).Check(Trials.Of(count));

    private static Person Split(Person person, int number)
    {
        ILookup<bool, LedgerContact> isOwn =
            person.Ledger.Contacts.ToLookup(contact => ((contact.Number.Value * 31) + number) % 3 == 0);
        return person with
        {
            Ledger = Ledger.Of(isOwn[true], person.Ledger.Events),
            Pools = person.Pools.Add(Kind, new Pool("here") { Others = PoolLedger.Of(isOwn[false]) }),
        };
    }

    private static Policy With(Policy policy, string? pool) => new()
    {
        Name = policy.Name,
        Zone = policy.Zone,
        Country = policy.Country,
        WeekStarts = policy.WeekStarts,
        Channels = policy.Channels,
        Purposes = policy.Purposes,
        ReleasesUnconfirmedOn = policy.ReleasesUnconfirmedOn,
        Rules = [.. policy.Rules.OfType<Cap>().Select(cap => With(cap, pool))],
    };

    private static Cap With(Cap cap, string? pool) => new(
        cap.Name,
        cap.Limits,
        new Density(cap.Density.Counting, cap.Density.Window, cap.Density.Zone) { Pool = pool })
    {
        Keep = cap.Keep,
        When = cap.When,
        Unless = cap.Unless,
        From = cap.From,
        Until = cap.Until,
        Effect = cap.Effect,
    };
}
