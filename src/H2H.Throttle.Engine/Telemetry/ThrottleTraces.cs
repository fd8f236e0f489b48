using System.Diagnostics;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>One span a decision, and below it one each time that the store is asked.</summary>
/// <remarks>
/// A span says what a contact is, by channel and purpose, and what was decided; never whom it is for, by what address,
/// or any word that callers choose freely. Costs nothing while nobody listens.
/// </remarks>
internal static class ThrottleTraces
{
    private static readonly ActivitySource Source = new(ThrottleMeter.Name);

    /// <summary>Whether what happens now belongs to a call that is looked at.</summary>
    public static bool AreHeard => Activity.Current is { Recorded: true };

    /// <param name="call">As of <see cref="DecisionMeter.Decided"/>.</param>
    /// <returns>Null: nobody listens, or it is not among those that are looked at.</returns>
    public static Activity? Begin(string call) =>
        Activity.Current is null or { Recorded: true } && Source.HasListeners()
        ? Source.StartActivity($"h2h.throttle.{call}")
        : null;

    /// <summary>Says how it ended. Of a call that is refused there is nothing to say.</summary>
    public static void Tell(this Activity? span, ContactTraits traits, Verdict verdict, bool isRepeated)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        Decision.Denied? denied = verdict.Decision as Decision.Denied;
        span.SetTag("h2h.verdict", DecisionMeter.VerdictOf(denied is null));
        if (denied is not null)
        {
            span.SetTag("h2h.rules", denied.Reasons.Select(static reason => reason.Rule).ToArray());
        }

        span.SetTag("h2h.channel", traits.Channel);
        span.SetTag("h2h.purpose", traits.Purpose);
        span.SetTag("h2h.policy", verdict.Policy);
        span.SetTag("h2h.policy.version", verdict.PolicyVersion);
        span.SetTag("h2h.decision", verdict.Id);
        span.SetTag("h2h.repeated", isRepeated);
    }

    public static Activity? BeginStore(string store, string operation)
    {
        Activity? span = AreHeard
            ? Source.StartActivity($"h2h.throttle.store.{operation}", ActivityKind.Client)
            : null;
        span?.SetTag("h2h.store", store);
        return span;
    }
}
