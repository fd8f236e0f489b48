using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Asks every rule about an attempt, also those that have no say.</summary>
internal sealed class Inquiry
{
    /// <summary>What is just outside of every window is worth a look too: this part of it, on each side.</summary>
    private const int AroundPart = 8;

    private static readonly Duration LookMin = Duration.FromHours(6);

    private readonly Attempt attempt;
    private readonly Question question;
    private readonly Circumstances circumstances;
    private readonly ImmutableArray<Rule> rules;

    public Inquiry(Policy policy, Person person, Attempt attempt, Instant now)
    {
        this.attempt = attempt;
        question = new Question(policy, person, attempt, now);
        circumstances = Circumstances.Of(policy, person, attempt, now);
        rules =
        [
            OptOut.InForce, Snoozed.InForce, .. person.Limits.Select(static limit => limit.Rule),
            .. person.QuietTimes.Select(static quiet => quiet.Rule), .. policy.Rules,
        ];
    }

    public Explanation Explain(Decision decision)
    {
        ImmutableArray<RuleFinding> findings = [.. rules.Select(Look)];
        Interval horizon = HorizonOf(decision, findings);
        ImmutableArray<LedgerContact> contacts =
            [.. circumstances.Person.Ledger.Between(horizon.Start, horizon.End + Duration.Epsilon)];
        return new Explanation
        {
            Attempt = attempt,
            Decision = decision,
            Rules = [.. findings.Select(finding => finding with { Closed = ClosedIn(horizon, finding) })],
            Changes = decision is Decision.Denied denied
                ? new Changes(circumstances.Policy, circumstances.Person, attempt, circumstances.Asked).Find(denied)
                : [],
            Horizon = horizon,
            Contacts = contacts[Math.Max(0, contacts.Length - Explanation.ContactsMax)..],
            HasMoreContacts = contacts.Length > Explanation.ContactsMax,
            Open = question.Slots(attempt.At, horizon.End, Explanation.OpenMax),
        };
    }

    private RuleFinding Look(Rule rule)
    {
        RuleStanding standing = rule.StandingFor(circumstances, attempt.At);
        if (!rule.Governs(circumstances))
        {
            return new RuleFinding(rule, standing, Evidence.None, null, null, []);
        }

        Evidence evidence = rule.Look(circumstances, attempt.At);
        return rule.Passes(circumstances, attempt.At)
            ? new RuleFinding(rule, standing, evidence, null, rule.DeniesFrom(circumstances, attempt.At), [])
            : new RuleFinding(rule, standing, evidence, question.ReasonOf(rule), null, []);
    }

    private Interval HorizonOf(Decision decision, ImmutableArray<RuleFinding> findings)
    {
        Instant start = attempt.At - LookMin;
        Instant end = attempt.At + LookMin;
        foreach (RuleFinding finding in findings)
        {
            start = Instant.Min(start, finding.Evidence.Start ?? start);
            start = finding.Evidence.Counted.IsEmpty ? start : Instant.Min(start, finding.Evidence.Counted[0].At);
            end = Instant.Max(end, finding.Evidence.End ?? end);
            end = Instant.Max(end, finding.Obstacle?.FreeAt ?? end);
        }

        end = Instant.Max(end, (decision as Decision.Denied)?.NextAllowedAt ?? end);
        Duration around = (end - start) / AroundPart;
        return new Interval(
            Instant.Max(start - around, attempt.At - Explanation.LookMax),
            Instant.Min(end + around, attempt.At + Explanation.LookMax));
    }

    /// <remarks>
    /// Of rules that go by what happened, the past says nothing: what was asked then was judged by another ledger.
    /// </remarks>
    private ImmutableArray<Interval> ClosedIn(Interval horizon, RuleFinding finding)
    {
        Rule rule = finding.Rule;
        if (!rule.Governs(circumstances))
        {
            return [];
        }

        ImmutableArray<Interval>.Builder closed = ImmutableArray.CreateBuilder<Interval>();
        Instant at = rule is Hours or Blackout ? horizon.Start : attempt.At;
        while (closed.Count < RuleFinding.ClosedMax
            && rule.DeniesFrom(circumstances, at) is { } start
            && start < horizon.End)
        {
            Instant end = rule.PassesFrom(circumstances, start) is { } free && free < horizon.End ? free : horizon.End;
            closed.Add(new Interval(start, end));
            at = end;
            if (end >= horizon.End)
            {
                break;
            }
        }

        return closed.ToImmutable();
    }
}
