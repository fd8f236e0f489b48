using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Tells an explanation in English sentences that a call agent can read out. No personal data.</summary>
/// <param name="zone">Whose clock the times are of.</param>
public sealed class Telling(DateTimeZone zone)
{
    /// <summary>The most contacts that one sentence names.</summary>
    public const int NamedMax = 3;

    private readonly MomentText moments = new(zone);

    /// <summary>The verdict, then each rule in the way, then what holds from when on. Never empty.</summary>
    public ImmutableArray<string> Tell(Explanation explanation) => explanation.Decision switch
    {
        Decision.Denied denied =>
            [Refusal(explanation.Attempt), .. Obstacles(explanation), .. Outlook(denied), .. Warnings(denied)],
        _ => [Permission(explanation), .. Warnings(explanation.Decision), .. Asides(explanation.Decision)],
    };

    /// <summary>What the change is, and that with it the contact would be allowed.</summary>
    public string Tell(Change change) => change switch
    {
        Change.Wait wait => $"From {moments.WriteStart(wait.Until)} on it would be allowed, if nothing else happens "
            + "until then.",
        Change.OtherChannel other => $"By {other.Channel} it would be allowed now.",
        Change.OtherPurpose other =>
            $"Only if it really is for {other.Purpose}, which the policy exempts, would it be allowed.",
        Change.LessWeight less => $"With a weight of {less.Weight} it would be allowed.",
        Change.Release release => "If the reservation for "
            + $"{moments.Write(release.Reservation.At)} {Means(release.Reservation.Traits)} were released, it would be "
            + "allowed.",
        Change.Override => "With a reason to override the warning it would be allowed; the reason is journalled.",
        Change.HigherCap higher => $"If {higher.Rule} allowed {higher.Limit}, it would be allowed.",
        Change.OptIn => "Only if the person opted in again, of their own accord, would it be allowed.",
        Change.Agreement agreement =>
            $"Only if the person gave the consent {agreement.Consent}, of their own accord, would it be allowed.",
        Change.LiftedHold lifted => $"If the business lifted the hold {lifted.Hold}, it would be allowed.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What one rule says, whether it is in the way or not.</summary>
    public string Tell(RuleFinding finding) => (finding.Standing, finding.Obstacle) switch
    {
        (RuleStanding.NotMatched, _) => "It is not about such contacts.",
        (RuleStanding.PurposeExempt, _) => "Contacts for this purpose are exempt from it.",
        (RuleStanding.Excepted, _) => "It makes an exception for such contacts.",
        (RuleStanding.NotYet, _) => $"It holds from {moments.WriteStart(finding.Rule.From!.Value)} on.",
        (RuleStanding.Over, _) => $"It held until {moments.Write(finding.Rule.Until!.Value)}.",
        (RuleStanding.LiftedByConsent, _) => $"The consent {finding.Rule.UnlessConsent} lifts it.",
        (_, null) => Met(finding),
        (_, { } obstacle) => obstacle.Message,
    };

    private string Refusal(Attempt attempt) =>
        $"No: this person must not be contacted {Means(attempt.Traits)} on {moments.Write(attempt.At)} "
        + $"({moments.ZoneName}).";

    private string Permission(Explanation explanation)
    {
        string until = explanation.Open is [{ } first, ..] && first.End < explanation.Horizon.End
            ? $" It stays so until {moments.Write(first.End)}, if nothing else happens until then."
            : "";
        return $"Yes: this person may be contacted {Means(explanation.Attempt.Traits)} on "
            + $"{moments.Write(explanation.Attempt.At)} ({moments.ZoneName}).{until}";
    }

    private IEnumerable<string> Obstacles(Explanation explanation)
    {
        foreach (RuleFinding finding in explanation.Rules)
        {
            if (finding.Obstacle is { } obstacle && finding.Rule.Effect is not Effect.Observe)
            {
                string free = obstacle.FreeAt is { } at
                    ? $"It is no longer in the way from {moments.WriteStart(at)} on."
                    : "Waiting does not help.";
                string source = finding.Rule.Source is { } given ? $" Its source: {given.TrimEnd('.')}." : "";
                yield return $"{finding.Rule.Name}: {obstacle.Message}{Counted(obstacle)} {free}{source}";
            }
        }
    }

    private string Counted(Reason obstacle)
    {
        if (obstacle.Counted.IsEmpty)
        {
            return "";
        }

        IEnumerable<string> named = obstacle.Counted.TakeLast(NamedMax).Select(Tell);
        int others = obstacle.Counted.Length - NamedMax;
        string more = others > 0 ? $", and {others} before" : "";
        return $" Those are: {string.Join("; ", named)}{more}.";
    }

    /// <remarks>What became of it is told where it was so, or became known, later than the contact was made.</remarks>
    private string Tell(LedgerContact contact)
    {
        string outcome = contact.Outcome is { } name && contact.OutcomeAt != contact.At
            ? $" ({name} as of {moments.Write(contact.OutcomeAt)})"
            : "";
        return $"{moments.Write(contact.At)} {Means(contact.Traits)}{outcome}";
    }

    private IEnumerable<string> Outlook(Decision.Denied denied)
    {
        yield return denied.NextAllowedAt is { } next
            ? $"All rules together allow it from {moments.WriteStart(next)} on, if nothing else happens until then."
            : "Waiting does not help.";
        if (!denied.AllowedChannels.IsEmpty)
        {
            yield return $"Now it would be allowed by {InWords(denied.AllowedChannels)}.";
        }
    }

    private static IEnumerable<string> Warnings(Decision decision) => decision.Warnings
        .Select(static warning => $"But a warning, {warning.Rule}: {warning.Message}");

    private static IEnumerable<string> Asides(Decision decision) => decision.Shadows
        .Select(static shadow => $"Were it in force, {shadow.Rule} would say no: {shadow.Message}");

    private static string Met(RuleFinding finding) => finding.Evidence switch
    {
        { Used: { } used, Limit: { } limit, Window: { } window } => $"{used} of {limit} in {window}: there is room.",
        { Used: { } used, Window: { } window } when finding.Rule is Cap => $"{used} in {window}: there is no limit.",
        _ when finding.Rule is Gap gap => $"Nothing is closer than {gap.Distance}.",
        _ => "It is met.",
    };

    private static string Means(ContactTraits traits)
    {
        string brand = traits.Brand is { } name ? $" on behalf of {name}" : "";
        return $"by {traits.Channel} for {traits.Purpose}{brand}";
    }

    private static string InWords(ImmutableArray<string> words) => words.Length == 1
        ? words[0]
        : $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
