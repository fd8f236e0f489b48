using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
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
    /// When such a contact may be made, within [<paramref name="from"/>, <paramref name="until"/>), if planned now.
    /// </summary>
    /// <returns>
    /// At most <paramref name="slotsMax"/> intervals, in order, as long as can be; ends are exclusive.
    /// </returns>
    public static ImmutableArray<Interval> FindSlots(
        Policy policy, Person person, Attempt attempt, Instant now, Instant from, Instant until, int slotsMax) =>
        new Question(policy, person, attempt, now).Slots(from, until, slotsMax);

    /// <summary>The same as <see cref="Decide"/>, with everything behind it and what would change it.</summary>
    public static Explanation Explain(Policy policy, Person person, Attempt attempt, Instant now) =>
        new Inquiry(policy, person, attempt, now).Explain(Decide(policy, person, attempt, now));
}
