using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;
using Domain = H2H.Throttle.Core.Decisions;
using Effect = H2H.Throttle.Core.Rules.Effect;

namespace H2H.Throttle.Server.Contacts;

/// <summary>Explanations on the wire.</summary>
internal static class ExplanationWire
{
    public static Explanation Write(ExplainResult result)
    {
        Explanation explanation = new()
        {
            TimeZone = result.Zone.Id,
            Horizon = Write(result.Explanation.Horizon),
            MoreContacts = result.Explanation.HasMoreContacts,
        };
        explanation.Sentences.AddRange(result.Telling.Tell(result.Explanation));
        explanation.Rules.AddRange(result.Explanation.Rules.Select(finding => Write(result, finding)));
        explanation.Changes.AddRange(result.Explanation.Changes.Select(change => Write(result, change)));
        explanation.Contacts.AddRange(result.Contacts.Select(ContactWire.Write));
        explanation.Open.AddRange(result.Explanation.Open.Select(Write));
        return explanation;
    }

    private static RuleFinding Write(ExplainResult result, Domain.RuleFinding finding)
    {
        Domain.Evidence evidence = finding.Evidence;
        RuleFinding written = new()
        {
            Rule = finding.Rule.Name,
            Kind = finding.Rule.KindName,
            AlwaysInForce = finding.IsAlwaysInForce,
            Standing = (RuleStanding)(int)finding.Standing,
            Violated = finding.Obstacle is not null,
            Effect = Write(finding.Rule.Effect),
            Message = result.Telling.Tell(finding),
            Description = finding.Rule.Description ?? "",
            Source = finding.Rule.Source ?? "",
            Code = finding.Obstacle is { } obstacle ? (ReasonCode)(int)obstacle.Code : ReasonCode.Unspecified,
            Window = evidence.Window ?? "",
            WindowStart = TimeWire.WriteOrNull(evidence.Start),
            WindowEnd = TimeWire.WriteOrNull(evidence.End),
            FreeAt = TimeWire.WriteOrNull(finding.Obstacle?.FreeAt),
            DeniesFrom = TimeWire.WriteOrNull(finding.DeniesFrom),
        };
        if (evidence.Used is { } used)
        {
            written.Used = used;
        }

        if (evidence.Limit is { } limit)
        {
            written.Limit = limit;
        }

        written.Counted.AddRange(DecisionWire.Write(result.Person, evidence.Counted, result.Verdict.At));
        written.Closed.AddRange(finding.Closed.Select(Write));
        return written;
    }

    private static Change Write(ExplainResult result, Domain.Change change)
    {
        Change written = new() { Message = result.Telling.Tell(change) };
        switch (change)
        {
            case Domain.Change.Wait wait:
                written.WaitUntil = TimeWire.Write(wait.Until);
                break;
            case Domain.Change.OtherChannel other:
                written.Channel = other.Channel;
                break;
            case Domain.Change.OtherPurpose other:
                written.Purpose = other.Purpose;
                break;
            case Domain.Change.LessWeight less:
                written.Weight = less.Weight;
                break;
            case Domain.Change.Release release:
                written.ReleaseContactId = new ContactId(result.Person, release.Reservation.Number).ToString();
                break;
            case Domain.Change.Override:
                written.Override = new OverrideChange();
                break;
            case Domain.Change.HigherCap higher:
                written.Cap = new CapChange { Rule = higher.Rule, Limit = higher.Limit };
                break;
            case Domain.Change.OptIn optIn:
                written.OptIn = new OptInChange
                {
                    Channel = optIn.Scope.Channel ?? "",
                    Purpose = optIn.Scope.Purpose ?? "",
                    Topic = optIn.Scope.Topic ?? "",
                    Brand = optIn.Scope.Brand ?? "",
                };
                break;
            case Domain.Change.Agreement agreement:
                written.Consent = agreement.Consent;
                break;
            case Domain.Change.LiftedHold lifted:
                written.Hold = lifted.Hold;
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        return written;
    }

    private static Span Write(Interval interval) => new()
    {
        Start = TimeWire.Write(interval.Start), End = TimeWire.Write(interval.End),
    };

    private static RuleEffect Write(Effect effect) => effect switch
    {
        Effect.Warn => RuleEffect.Warn,
        Effect.Observe => RuleEffect.Observe,
        _ => RuleEffect.Deny,
    };
}
