using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Requests;

/// <summary>Checks that several calls share.</summary>
internal static class Checks
{
    private static readonly Duration SkewMax = Duration.FromMinutes(1);   // what is now there may be a while ago here

    public static void CheckComment(this Problems problems, string? comment) => problems.Require(
        comment is null || comment.Length <= RequestBounds.CommentLengthMax,
        ProblemReason.TextTooLong,
        "comment",
        $"comment has {comment?.Length} characters; at most {RequestBounds.CommentLengthMax} are allowed.");

    /// <summary>The contact that an id names; meaningless if a problem was added.</summary>
    /// <exception cref="RequestException">There can be no such contact.</exception>
    public static ContactId RequireContactId(this Problems problems, string? text, string field, ProblemReason unknown)
    {
        problems.RequireId(text, field, RequestBounds.RequestIdLengthMax);
        problems.ThrowIfAny();
        return ContactId.TryParse(text, out ContactId? id) ? id.Value : throw Unknown(field, unknown);
    }

    public static RequestException Unknown(string field, ProblemReason unknown) =>
        new(unknown, field, $"{field} names nothing that is known here; it may be forgotten because no rule looks "
        + "that far back.");

    /// <summary>An instant at which something has happened.</summary>
    public static void CheckPast(this Problems problems, Instant? instant, string field, Instant called) =>
        problems.RequireForNow(
        instant is null || (instant <= called + SkewMax && instant >= called - RequestBounds.RecordedLateMax),
        ProblemReason.TimeOutOfRange,
        field,
        $"{field} must not be in the future, nor more than 400 days ago.");

    /// <summary>An instant for which something is planned.</summary>
    public static void CheckPlanned(this Problems problems, Instant? instant, string field, Instant called) =>
        problems.RequireForNow(
        instant is null || (instant >= called - SkewMax && instant <= called + RequestBounds.PlannedAheadMax),
        ProblemReason.TimeOutOfRange,
        field,
        $"{field} must not be in the past, nor more than 400 days ahead.");

    /// <summary>A span of time in which contacts are to be planned.</summary>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="from">Null: from the time of the call on.</param>
    /// <param name="until">Excluded; null: seven days later.</param>
    /// <param name="called">The time of the call.</param>
    /// <returns>The start and the end; meaningless if a problem was added.</returns>
    public static (Instant Start, Instant End) ReadSpan(
        this Problems problems, Instant? from, Instant? until, Instant called)
    {
        Instant start = from ?? called;
        problems.CheckPlanned(from, "from", called);
        problems.Require(
            until is null || (until > start && until - start <= RequestBounds.SlotSpanMax),
            ProblemReason.TimeOutOfRange,
            "until",
            "until must be after from, by at most 92 days.");
        return (start, until ?? start + RequestBounds.SlotSpanDefault);
    }

    public static void CheckOutcome(this Problems problems, string? outcome, string field, Policy policy) =>
        problems.RequireDeclared(
        string.IsNullOrEmpty(outcome) || StandardOutcomes.Names.Contains(outcome) || policy.Outcomes.Contains(outcome),
        outcome,
        ProblemReason.OutcomeUnknown,
        field,
        $"{field} is neither a standard outcome nor one that the policy declares; the standard ones are "
        + $"{string.Join(", ", StandardOutcomes.Names.Order(StringComparer.Ordinal))}.");

    public static void CheckSubjects(this Problems problems, ImmutableArray<string> subjects, string field) =>
        problems.Require(
        subjects.Length <= ContactTraits.SubjectsMax
            && subjects.All(static subject => IsText(subject, RequestBounds.NameLengthMax)),
        ProblemReason.SubjectsOutOfRange,
        field,
        $"{field} must be at most {ContactTraits.SubjectsMax} texts of 1 to {RequestBounds.NameLengthMax} characters.");

    /// <summary>Whether a policy could declare it.</summary>
    public static bool IsName(string text) =>
        IsText(text, ContactTraits.NameLengthMax) && !string.IsNullOrWhiteSpace(text);

    /// <summary>Whether it is neither empty nor too long, and has no control characters.</summary>
    public static bool IsText(string text, int lengthMax) =>
        text.Length >= 1 && text.Length <= lengthMax && !Problems.HasControls(text);
}
