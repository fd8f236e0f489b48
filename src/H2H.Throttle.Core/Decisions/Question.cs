using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>One attempt before all the rules that govern it.</summary>
internal sealed class Question
{
    private readonly Attempt attempt;
    private readonly Circumstances circumstances;
    private readonly List<Rule> denying = [];
    private readonly List<Rule> overridden = [];
    private readonly List<Rule> observing = [];
    private readonly bool isPlanned;

    public Question(Policy policy, Person person, Attempt attempt, Instant now)
    {
        this.attempt = attempt;
        isPlanned = attempt.At > now;
        circumstances = Circumstances.Of(policy, person, attempt, now);

        Take(OptOut.InForce);
        Take(Snoozed.InForce);
        foreach (PersonLimit limit in person.Limits)
        {
            Take(limit.Rule);
        }

        foreach (PersonQuiet quiet in person.QuietTimes)
        {
            Take(quiet.Rule);
        }

        foreach (Rule rule in policy.Rules)
        {
            Take(rule);
        }
    }

    /// <summary>Whether no rule denies. Allocates nothing.</summary>
    public static bool IsMet(Policy policy, Person person, Attempt attempt, Instant now)
    {
        Circumstances circumstances = Circumstances.Of(policy, person, attempt, now);
        bool isMet = Lets(OptOut.InForce, circumstances, attempt) && Lets(Snoozed.InForce, circumstances, attempt);
        for (int i = 0; isMet && i < person.Limits.Length; i++)
        {
            isMet = Lets(person.Limits[i].Rule, circumstances, attempt);
        }

        for (int i = 0; isMet && i < person.QuietTimes.Length; i++)
        {
            isMet = Lets(person.QuietTimes[i].Rule, circumstances, attempt);
        }

        for (int i = 0; isMet && i < policy.Rules.Length; i++)
        {
            isMet = Lets(policy.Rules[i], circumstances, attempt);
        }

        return isMet;
    }

    /// <summary>The rules that are not met. Allocates nothing if there is none.</summary>
    public static ImmutableArray<Rule> Unmet(Policy policy, Person person, Attempt attempt, Instant now)
    {
        Circumstances circumstances = Circumstances.Of(policy, person, attempt, now);
        ImmutableArray<Rule> unmet = [];
        Look(OptOut.InForce);
        Look(Snoozed.InForce);
        foreach (PersonLimit limit in person.Limits)
        {
            Look(limit.Rule);
        }

        foreach (PersonQuiet quiet in person.QuietTimes)
        {
            Look(quiet.Rule);
        }

        foreach (Rule rule in policy.Rules)
        {
            Look(rule);
        }

        return unmet;

        void Look(Rule rule)
        {
            if (rule.Governs(circumstances) && !rule.Passes(circumstances, attempt.At))
            {
                unmet = unmet.Add(rule);
            }
        }
    }

    /// <summary>Whether a rule that denies had to leave something open. Allocates nothing if none had to.</summary>
    public static bool LeavesOpen(Policy policy, Person person, Attempt attempt, Instant now)
    {
        if (!policy.KnowsHolidays)
        {
            return false;
        }

        Circumstances circumstances = Circumstances.Of(policy, person, attempt, now);
        foreach (Rule rule in policy.Rules)
        {
            if (rule.Governs(circumstances) && rule.CautionAt(circumstances, attempt.At) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public Decision WithoutObstacle()
    {
        ImmutableArray<Reason> warnings = [.. ReasonsOf(overridden), .. CautionsAt([attempt.At])];
        ImmutableArray<Reason> shadows = ReasonsOf(observing);
        return warnings.IsEmpty && shadows.IsEmpty ? Decision.Allowed.Plain : new Decision.Allowed(warnings, shadows);
    }

    public Decision Explain()
    {
        Instant? next = PassFrom(denying, attempt.At);
        return new Decision.Denied(
            [.. denying.Where(IsUnmet).Select(DenialBy)],
            CautionsAt([attempt.At, next ?? attempt.At]),
            ReasonsOf(observing),
            next,
            AllowedChannels());
    }

    /// <summary>What rules that deny have to leave open at any of these instants: of each rule the first.</summary>
    public ImmutableArray<Reason> CautionsAt(ImmutableArray<Instant> times) =>
    [
        .. denying
            .Select(rule => times.Select(at => rule.CautionAt(circumstances, at)).OfType<Reason>().FirstOrDefault())
            .OfType<Reason>(),
    ];

    /// <summary>
    /// The first instant from <paramref name="at"/> on for which the contact may be planned now; null: none.
    /// </summary>
    public Instant? PlannedFrom(Instant at) =>
        Fixpoint.Least(at, denying, (rule, from) => rule.PassesFrom(circumstances, from));

    /// <summary>
    /// The first instant from <paramref name="at"/> on for which it may not be planned now; null: none.
    /// </summary>
    public Instant? PlannedUntil(Instant at)
    {
        Instant? end = null;
        foreach (Rule rule in denying)
        {
            Instant? busy = rule.DeniesFrom(circumstances, at);
            end = end is null || busy < end ? busy : end;
        }

        return end;
    }

    /// <summary>At most so many intervals within [<paramref name="from"/>, <paramref name="until"/>).</summary>
    public ImmutableArray<Interval> Slots(Instant from, Instant until, int slotsMax)
    {
        ImmutableArray<Interval>.Builder slots = ImmutableArray.CreateBuilder<Interval>();
        Instant at = from;
        while (slots.Count < slotsMax && at < until && PlannedFrom(at) is { } start && start < until)
        {
            at = PlannedUntil(start) is { } busy && busy < until ? busy : until;
            slots.Add(new Interval(start, at));
        }

        return slots.ToImmutable();
    }

    /// <summary>Why a rule is not met.</summary>
    public Reason ReasonOf(Rule rule) =>
        rule.Explain(circumstances, attempt.At, PassFrom([rule], attempt.At));

    private static bool Lets(Rule rule, in Circumstances circumstances, Attempt attempt) =>
        rule.Effect is Effect.Observe
        || (rule.Effect is Effect.Warn && attempt.OverrideReason is not null)
        || !rule.Governs(circumstances)
        || rule.Passes(circumstances, attempt.At);

    private void Take(Rule rule)
    {
        if (rule.Governs(circumstances))
        {
            List<Rule> list = rule.Effect switch
            {
                Effect.Observe => observing,
                Effect.Warn when attempt.OverrideReason is not null => overridden,
                _ => denying,
            };
            list.Add(rule);
        }
    }

    private ImmutableArray<Reason> ReasonsOf(List<Rule> rules) => [.. rules.Where(IsUnmet).Select(ReasonOf)];

    private Reason DenialBy(Rule rule) =>
        rule.Effect is Effect.Warn ? ReasonOf(rule) with { IsOverridable = true } : ReasonOf(rule);

    private bool IsUnmet(Rule rule) => !rule.Passes(circumstances, attempt.At);

    /// <summary>
    /// The first instant from <paramref name="at"/> on at which all these rules let the contact pass.
    /// </summary>
    /// <remarks>
    /// Where an unconfirmed reservation stops counting, asking later sees another ledger, so each stretch between two
    /// such instants is searched by itself. A planned contact is asked for now, so it sees but one.
    /// </remarks>
    private Instant? PassFrom(List<Rule> rules, Instant at)
    {
        Circumstances asked = circumstances;
        while (true)
        {
            Circumstances then = asked;
            Instant? free = Fixpoint.Least(at, rules, (rule, from) => rule.PassesFrom(then, from));
            if (isPlanned || NextRelease(then.Asked) is not { } release || free < release)
            {
                return free;
            }

            asked = asked with { Asked = release };
            at = release;
        }
    }

    private Instant? NextRelease(Instant after)
    {
        Instant? next = NextRelease(circumstances.Person.Ledger.Contacts.AsSpan(), after);
        foreach (string kind in circumstances.Policy.PoolKinds)
        {
            if (circumstances.Person.Pools.TryGetValue(kind, out Pool? pool)
                && NextRelease(pool.Others.Contacts.AsSpan(), after) is { } release
                && !(release >= next))
            {
                next = release;
            }
        }

        return next;
    }

    private Instant? NextRelease(ReadOnlySpan<LedgerContact> contacts, Instant after)
    {
        Instant? next = null;
        foreach (ref readonly LedgerContact contact in contacts)
        {
            if (contact.IsOpen
                && contact.Expires > after
                && !(contact.Expires >= next)
                && circumstances.Policy.ReleasesUnconfirmedOn.Contains(contact.Traits.Channel))
            {
                next = contact.Expires;
            }
        }

        return next;
    }

    private ImmutableArray<string> AllowedChannels()
    {
        ImmutableArray<string>.Builder allowed = ImmutableArray.CreateBuilder<string>();
        foreach (string channel in circumstances.Policy.Channels)
        {
            if (channel != attempt.Traits.Channel)
            {
                Attempt other = new(attempt.Traits.On(channel), attempt.At, attempt.Weight, attempt.OverrideReason);
                if (IsMet(circumstances.Policy, circumstances.Person, other, circumstances.Asked))
                {
                    allowed.Add(channel);
                }
            }
        }

        return allowed.ToImmutable();
    }
}
