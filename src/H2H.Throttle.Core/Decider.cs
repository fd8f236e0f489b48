using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core;

/// <summary>Decides whether a person may be contacted. A pure function of its arguments.</summary>
public static class Decider
{
    /// <summary>May this contact be made at <c>attempt.At</c>?</summary>
    /// <param name="policy">In force.</param>
    /// <param name="person">As of now.</param>
    /// <param name="attempt">The contact; planned if it is for later than <paramref name="now"/>.</param>
    /// <param name="now">When it is asked.</param>
    public static Decision Decide(Policy policy, Person person, Attempt attempt, Instant now)
    {
        bool isMet = Question.IsMet(policy, person, attempt, now);
        if (isMet && policy.DeniesOnly && !Question.LeavesOpen(policy, person, attempt, now))
        {
            return Decision.Allowed.Plain;
        }

        Question question = new(policy, person, attempt, now);
        return isMet ? question.WithoutObstacle() : question.Explain();
    }

    /// <summary>The rules that a contact breaks which has been made already: what it is over.</summary>
    /// <returns>Empty if it would have been allowed.</returns>
    public static ImmutableArray<Reason> Overshoot(Policy policy, Person person, Attempt made, Instant now) =>
        Decide(policy, person, made, now) is Decision.Denied denied ? denied.Reasons : [];

    /// <summary>
    /// The rules that are not met, whatever their effect: what the person said first, then the policy's order. No
    /// override is assumed, and nothing is said of when they would be met, which is what makes a denial costly.
    /// </summary>
    /// <remarks>
    /// Those that deny are the reasons of <see cref="Decide"/>; empty exactly if it allows with neither warning nor
    /// shadow, but for days of which a calendar knows nothing.
    /// </remarks>
    public static ImmutableArray<Rule> Unmet(Policy policy, Person person, Attempt attempt, Instant now) =>
        Question.Unmet(policy, person, attempt, now);

    /// <summary>The policy's rules that such a contact comes under, met or not, in the policy's order.</summary>
    public static ImmutableArray<Rule> Governing(Policy policy, Person person, Attempt attempt, Instant now)
    {
        Circumstances circumstances = Circumstances.Of(policy, person, attempt, now);
        return [.. policy.Rules.Where(rule => rule.IsHeldAt(attempt.At) && rule.Governs(circumstances))];
    }

    /// <summary>
    /// When such a contact may be made, within [<paramref name="from"/>, <paramref name="until"/>), if planned now.
    /// </summary>
    /// <returns>
    /// At most <paramref name="slotsMax"/> intervals, in order, as long as can be; ends are exclusive.
    /// </returns>
    public static ImmutableArray<Interval> FindSlots(
        Policy policy, Person person, Attempt attempt, Instant now, Instant from, Instant until, int slotsMax) =>
        new Question(policy, person, attempt, now).Slots(from, until, slotsMax);

    /// <summary>
    /// What rules would have to leave open at any of these instants to judge such a contact: of each rule the first.
    /// </summary>
    public static ImmutableArray<Reason> Cautions(
        Policy policy, Person person, Attempt attempt, Instant now, params ImmutableArray<Instant> times) =>
        policy.KnowsHolidays ? new Question(policy, person, attempt, now).CautionsAt(times) : [];

    /// <summary>The same as <see cref="Decide"/>, with everything behind it and what would change it.</summary>
    public static Explanation Explain(Policy policy, Person person, Attempt attempt, Instant now) =>
        new Inquiry(policy, person, attempt, now).Explain(Decide(policy, person, attempt, now));

    /// <summary>
    /// When several contacts of one person can be made: a plan that fits as many of them as can be, the most important
    /// first.
    /// </summary>
    /// <param name="policy">In force.</param>
    /// <param name="person">As of now; has room in its ledger for all of them.</param>
    /// <param name="attempts">All of them for <c>span.Start</c>, which is not before <paramref name="now"/>.</param>
    /// <param name="now">When it is planned.</param>
    /// <param name="span">Where to place them.</param>
    /// <param name="lives">How long after its instant a reservation may be confirmed.</param>
    /// <returns>
    /// Reserved in its order, each is allowed. Of two plans that one is better which leaves out fewer; else the one
    /// that, of the contacts only one of them leaves out, places the most important; else the one that has the most
    /// important contact earlier whose times differ. No plan is better than this one, unless the search was cut short;
    /// or a rule judges contacts by the row they are in or by others than those it limits, where what is best depends
    /// on the order in which they are reserved.
    /// </returns>
    public static Plan Plan(
        Policy policy, Person person, ImmutableArray<Attempt> attempts, Instant now, Interval span, Duration lives) =>
        new Agenda(person, new Bookings(policy, person, now, lives)).Place(attempts, span);
}
