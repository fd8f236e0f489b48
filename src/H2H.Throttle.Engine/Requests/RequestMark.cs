using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Requests;

/// <summary>What makes a call safe to repeat: which request it is, and what it asks for.</summary>
/// <param name="Request">Hash of the request id.</param>
/// <param name="Content">Hash of all that the request says.</param>
/// <param name="Refusal">Why the request is refused as things stand unless it is a repetition; null: it is not.</param>
internal sealed record RequestMark(string Request, string Content, RequestException? Refusal = null)
{
    /// <summary>Null if the caller gave no request id: then every call is a new one.</summary>
    /// <param name="requestId">The caller's.</param>
    /// <param name="content">Hash of all that the request says.</param>
    /// <param name="hasher">Of the request id.</param>
    /// <param name="problems">All that is wrong with the request.</param>
    /// <exception cref="RequestException">Something is wrong that is no better in a repetition.</exception>
    public static RequestMark? Of(string? requestId, string content, IdentityHasher hasher, Problems problems)
    {
        RequestException? refusal = problems.Refusal();
        return string.IsNullOrEmpty(requestId)
            ? null
            : new RequestMark(hasher.Request(requestId), content, refusal);
    }

    /// <summary>A mark of its own for a call that has no request id.</summary>
    public static RequestMark New(IdentityHasher hasher) => new(hasher.Request(Guid.NewGuid().ToString()), "");

    /// <summary>The answer that this request had before, or null.</summary>
    /// <exception cref="RequestException">
    /// The request id was used for something else, or the request is new and refused as things stand.
    /// </exception>
    public static Answer? AnswerIn(PersonRecord record, RequestMark? mark)
    {
        if (mark is null)
        {
            return null;
        }

        if (record.AnswerTo(mark.Request) is not { } answer)
        {
            return mark.Refusal is null ? null : throw mark.Refusal;
        }

        bool isComparable = answer.Content.Length > 0;   // not after a rotation of the identity key
        return !isComparable || answer.Content == mark.Content
            ? AnswerCodec.Read(answer) with { Person = answer.NumberedBy ?? record.Key }
            : throw Reused();
    }

    /// <summary>The record with this answer remembered, or as it is if the caller gave no request id.</summary>
    public static PersonRecord Remember(PersonRecord record, RequestMark? mark, Answer answer) => mark is null
        ? record
        : record with
        {
            Answers = record.Answers.Add(new PackedAnswer(AnswerCodec.Keep(answer, mark.Request, mark.Content) with
            {
                Via = record.Via == record.Key ? null : record.Via,
            })),
        };

    public static RequestException Reused() => new(
        ProblemReason.RequestIdReused,
        "request_id",
        "request_id was used for another request before; give a new one, or repeat the first exactly.");
}
