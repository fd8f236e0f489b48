using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Core.Decisions;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Runs scenarios against a subject and compares its answers.</summary>
public static class ScenarioRunner
{
    /// <summary>All steps are run, after one that fails too.</summary>
    public static async ValueTask<ScenarioResult> RunAsync(
        ScenarioReading reading, IScenarioSubject subject, CancellationToken cancellation)
    {
        if (reading is not ScenarioReading.Ready { Scenario: { } scenario })
        {
            ScenarioReading.Unready unready = (ScenarioReading.Unready)reading;
            return new ScenarioResult.CannotRun(unready.Name, unready.Line, unready.Errors);
        }

        await subject.BeginAsync(scenario, cancellation);
        ImmutableArray<ScenarioFailure>.Builder failures = ImmutableArray.CreateBuilder<ScenarioFailure>();
        foreach (ScenarioStep step in scenario.Steps)
        {
            if (await RunAsync(step, subject, cancellation) is { } failure)
            {
                failures.Add(failure);
            }
        }

        return failures.Count == 0
            ? new ScenarioResult.Passed(scenario.Name, scenario.Line)
            : new ScenarioResult.Failed(scenario.Name, scenario.Line, failures.ToImmutable());
    }

    private static async ValueTask<ScenarioFailure?> RunAsync(
        ScenarioStep step, IScenarioSubject subject, CancellationToken cancellation)
    {
        subject.TurnTo(step.Who);
        switch (step)
        {
            case ScenarioStep.Ask ask:
                return Compare(step.Line, ask.Expected, await subject.AskAsync(ask.At, ask.Contact, cancellation));
            case ScenarioStep.Take take:
                return Compare(step.Line, take.Expected, await subject.TakeAsync(take.At, take.Contact, cancellation));
            case ScenarioStep.Did did:
                await subject.DidAsync(did.At, did.Contact, did.Outcome, cancellation);
                return null;
            case ScenarioStep.Say say:
                await subject.SayAsync(say.At, say.Change, cancellation);
                return null;
            case ScenarioStep.Load load:
                await subject.LoadAsync(load.At, load.List, cancellation);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private static ScenarioFailure? Compare(int line, ScenarioExpectation expected, ScenarioAnswer answer)
    {
        bool hasReason = (expected.Rule is null && expected.Code is null) || answer.Reasons.Any(reason =>
            (expected.Rule ?? reason.Rule) == reason.Rule && (expected.Code ?? reason.Code) == reason.Code);
        bool isAsExpected = expected.IsAllowed == answer.IsAllowed
            && hasReason
            && (expected.Next is null || expected.Next.At == NextOf(answer, expected.IsOfPolicyAlone));
        return isAsExpected ? null : new ScenarioFailure(line, Write(expected), Write(answer));
    }

    private static Instant? NextOf(ScenarioAnswer answer, bool isOfPolicyAlone)
    {
        ImmutableArray<ScenarioReason> own =
            answer.Reasons.RemoveAll(static reason => reason.Code is ReasonCode.OptedOut);
        return !isOfPolicyAlone || own.Length == answer.Reasons.Length ? answer.NextAllowedAt
            : own.Any(static reason => reason.FreeAt is null) ? null
            : own.Max(static reason => reason.FreeAt);
    }

    private static string Write(ScenarioExpectation expected) => string.Join(", ", Parts(expected));

    private static IEnumerable<string> Parts(ScenarioExpectation expected)
    {
        yield return expected.IsAllowed ? "allow" : "deny";
        if (expected.Rule is { } rule)
        {
            yield return $"rule {rule}";
        }

        if (expected.Code is { } code)
        {
            yield return ReasonCodes.NameOf(code);
        }

        if (expected.Next is { } next)
        {
            yield return $"next {Write(next.At)}";
        }
    }

    private static string Write(ScenarioAnswer answer)
    {
        IEnumerable<string> reasons = answer.Reasons.Select(static reason =>
            $"rule {reason.Rule}, {ReasonCodes.NameOf(reason.Code)}");
        IEnumerable<string> parts = answer.IsAllowed
            ? ["allow", .. reasons]
            : ["deny", .. reasons, $"next {Write(answer.NextAllowedAt)}"];
        return string.Join(", ", parts);
    }

    private static string Write(Instant? at) =>
        at is { } instant ? InstantPattern.ExtendedIso.Format(instant) : "never";
}
