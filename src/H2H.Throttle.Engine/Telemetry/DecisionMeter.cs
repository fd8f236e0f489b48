using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Counts decisions and the rules behind them, and times the deciding. Safe from any thread.</summary>
internal sealed class DecisionMeter
{
    public const string Check = "check";
    public const string Reserve = "reserve";

    public const string Allow = "allow";
    public const string Deny = "deny";

    /// <summary>So many kinds of decision are told apart.</summary>
    public const int KindsMax = 1000;

    private const string OverReason = "overshoot";

    private static readonly ImmutableArray<double> DurationSeconds =
        [1e-7, 2.5e-7, 5e-7, 1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 1e-3, 1e-2, 0.1];

    private readonly TimeProvider? time;
    private readonly Counter<long> decisions;
    private readonly Counter<long> reasons;
    private readonly Histogram<double> duration;
    private readonly AttributeSets<DecisionKey> decisionSets = new(KindsMax, AttributesOf);
    private readonly AttributeSets<ReasonKey> reasonSets = new(KindsMax, AttributesOf);

    public DecisionMeter(Meter meter, TimeProvider? time)
    {
        this.time = time;
        decisions = meter.CreateCounter<long>(
            "h2h.throttle.decisions", "{decision}", "Answers to Check and Reserve, repeated ones left out.");
        reasons = meter.CreateCounter<long>(
            "h2h.throttle.reasons", "{reason}", "Rules that denied, warned, only observed, or were passed.");
        duration = meter.CreateHistogram(
            "h2h.throttle.decision.duration",
            "s",
            "How long one deciding took, store and network left out.",
            null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationSeconds });
    }

    /// <summary>To be handed to <see cref="End"/>; 0: nobody listens.</summary>
    public long Begin() => duration.Enabled ? time!.GetTimestamp() : 0;

    /// <returns>The decision.</returns>
    public Decision End(long began, Decision decision)
    {
        if (began != 0)
        {
            duration.Record(
                time!.GetElapsedTime(began).TotalSeconds,
                new KeyValuePair<string, object?>("verdict", VerdictOf(decision is Decision.Allowed)));
        }

        return decision;
    }

    /// <summary>Says in a span what was answered, and counts it unless it was answered before.</summary>
    public void Answered(
        Activity? span, string call, ContactTraits traits, Verdict verdict, bool isRepeated)
    {
        span.Tell(traits, verdict, isRepeated);
        if (!isRepeated)
        {
            Decided(call, traits, verdict.Decision);
        }
    }

    /// <summary>An answer that was given, and not before.</summary>
    /// <param name="call"><see cref="Check"/> or <see cref="Reserve"/>.</param>
    /// <param name="traits">Of the contact that was asked for.</param>
    /// <param name="decision">The answer.</param>
    public void Decided(string call, ContactTraits traits, Decision decision)
    {
        Decision.Denied? denied = decision as Decision.Denied;
        if (decisions.Enabled)
        {
            DecisionKey key = new(call, denied is null, denied?.Reasons[0].Rule, traits.Channel, traits.Purpose);
            decisions.Add(1, decisionSets.Of(key, key with
            {
                Rule = denied is null ? null : AttributeSets<DecisionKey>.Other,
                Channel = AttributeSets<DecisionKey>.Other,
                Purpose = AttributeSets<DecisionKey>.Other,
            }));
        }

        if (reasons.Enabled)
        {
            Count(denied?.Reasons ?? [], Deny);
            Count(decision.Warnings, "warn");
            Count(decision.Shadows, "shadow");
        }
    }

    /// <summary>What a contact that was made is over.</summary>
    public void Overshot(ImmutableArray<Reason> over)
    {
        if (reasons.Enabled)
        {
            Count(over, OverReason);
        }
    }

    public static string VerdictOf(bool isAllowed) => isAllowed ? Allow : Deny;

    private void Count(ImmutableArray<Reason> found, string effect)
    {
        foreach (Reason reason in found)
        {
            ReasonKey key = new(reason.Rule, reason.Code, effect);
            reasons.Add(1, reasonSets.Of(key, key with { Rule = AttributeSets<ReasonKey>.Other }));
        }
    }

    private static KeyValuePair<string, object?>[] AttributesOf(DecisionKey key) =>
    [
        new("call", key.Call),
        new("verdict", VerdictOf(key.IsAllowed)),
        .. key.Rule is null ? (KeyValuePair<string, object?>[])[] : [new("rule", key.Rule)],
        new("channel", key.Channel),
        new("purpose", key.Purpose),
    ];

    private static KeyValuePair<string, object?>[] AttributesOf(ReasonKey key) =>
        [new("rule", key.Rule), new("code", ReasonCodes.NameOf(key.Code)), new("effect", key.Effect)];
}
