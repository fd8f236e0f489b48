using System.Buffers;
using System.Runtime.CompilerServices;

namespace H2H.Throttle.Engine.Requests;

/// <summary>Gathers what is wrong with a request, so that all of it is reported at once.</summary>
/// <remarks>
/// Some of it is wrong only as things stand: a time that was to come has passed, or the policy has changed. That is no
/// reason to refuse the repetition of a call which was answered before, so a call with a request id is refused for it
/// alone only by <see cref="RequestMark.AnswerIn"/>.
/// </remarks>
internal sealed class Problems
{
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(static code => (char)code).Where(char.IsControl)]);

    private readonly List<Problem> found = [];
    private bool hasLasting;
    private bool mayRepeat;

    public void Add(ProblemReason reason, string field, string message)
    {
        found.Add(new Problem(reason, field, message));
        hasLasting = true;
    }

    public void Require(bool condition, ProblemReason reason, string field, string message)
    {
        if (!condition)
        {
            Add(reason, field, message);
        }
    }

    /// <inheritdoc cref="Require(bool, ProblemReason, string, string)"/>
    public void Require(
        bool condition,
        ProblemReason reason,
        string field,
        [InterpolatedStringHandlerArgument(nameof(condition))] ref ProblemText message)
    {
        if (!condition)
        {
            Add(reason, field, message.Take());
        }
    }

    /// <summary>What a repetition may no longer meet though the first call did.</summary>
    public void RequireForNow(bool condition, ProblemReason reason, string field, string message)
    {
        if (!condition)
        {
            found.Add(new Problem(reason, field, message));
        }
    }

    /// <inheritdoc cref="RequireForNow(bool, ProblemReason, string, string)"/>
    public void RequireForNow(
        bool condition,
        ProblemReason reason,
        string field,
        [InterpolatedStringHandlerArgument(nameof(condition))] ref ProblemText message)
    {
        if (!condition)
        {
            found.Add(new Problem(reason, field, message.Take()));
        }
    }

    /// <summary>A name that the policy must declare; an earlier one may have.</summary>
    public void RequireDeclared(
        bool isDeclared,
        string? name,
        ProblemReason reason,
        string field,
        [InterpolatedStringHandlerArgument(nameof(isDeclared))] ref ProblemText message)
    {
        if (isDeclared)
        {
            return;
        }

        if (name is null || !Checks.IsName(name))
        {
            Add(reason, field, message.Take());
        }
        else
        {
            found.Add(new Problem(reason, field, message.Take()));
        }
    }

    /// <summary>Whether a text has characters that are none to be read.</summary>
    public static bool HasControls(string text) => text.AsSpan().ContainsAny(Controls);

    /// <summary>The id that makes a call safe to repeat; null or empty: it is not.</summary>
    public void CheckRequestId(string? requestId)
    {
        CheckId(requestId, "request_id", RequestBounds.RequestIdLengthMax);
        mayRepeat = !string.IsNullOrEmpty(requestId);
    }

    /// <summary>An id that must be there.</summary>
    public void RequireId(string? id, string field, int lengthMax)
    {
        if (string.IsNullOrEmpty(id))
        {
            Add(ProblemReason.IdEmpty, field, $"{field} is empty; give 1 to {lengthMax} characters.");
            return;
        }

        CheckId(id, field, lengthMax);
    }

    /// <summary>The caller's id of a person. False: something is wrong with it, which was added.</summary>
    public bool RequirePersonId(string? id, string field)
    {
        int before = found.Count;
        RequireId(id, field, RequestBounds.PersonIdLengthMax);
        return found.Count == before;
    }

    /// <summary>An id that may be left out.</summary>
    public void CheckId(string? id, string field, int lengthMax)
    {
        if (id is null)
        {
            return;
        }

        Require(
            id.Length <= lengthMax, ProblemReason.IdTooLong, field,
                $"{field} has {id.Length} characters; at most {lengthMax} are allowed.");
        Require(
            !HasControls(id), ProblemReason.IdMalformed, field,
                $"{field} has control characters; leave them out.");
    }

    /// <summary>A name or text that may be left out.</summary>
    public void CheckText(string? text, string field, int lengthMax)
    {
        if (text is null)
        {
            return;
        }

        Require(
            text.Length <= lengthMax, ProblemReason.TextTooLong, field,
                $"{field} has {text.Length} characters; at most {lengthMax} are allowed.");
        Require(
            !HasControls(text), ProblemReason.IdMalformed, field,
                $"{field} has control characters; leave them out.");
    }

    /// <exception cref="RequestException">
    /// Something was wrong, other than what <see cref="Refusal"/> is for.
    /// </exception>
    public void ThrowIfAny()
    {
        if (found.Count > 0 && (hasLasting || !mayRepeat))
        {
            throw new RequestException([.. found]);
        }
    }

    /// <summary>What is wrong for now with a call that may repeat another; null: nothing.</summary>
    /// <exception cref="RequestException">Something else was wrong too, or it repeats nothing.</exception>
    public RequestException? Refusal()
    {
        ThrowIfAny();
        return found.Count > 0 ? new RequestException([.. found]) : null;
    }
}
