using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Requests;

/// <summary>What makes a call safe to repeat: which request it is, and what it asks for.</summary>
/// <param name="Request">Hash of the request id.</param>
/// <param name="Content">Hash of all that the request says.</param>
internal sealed record RequestMark(string Request, string Content)
{
    /// <summary>Null if the caller gave no request id: then every call is a new one.</summary>
    public static RequestMark? Of(string? requestId, string content, IdentityHasher hasher) =>
        string.IsNullOrEmpty(requestId) ? null : new RequestMark(hasher.Request(requestId), content);

    /// <summary>The answer that this request had before, or null.</summary>
    /// <exception cref="RequestException">The request id was used for something else.</exception>
    public static Answer? AnswerIn(PersonRecord record, RequestMark? mark)
    {
        if (mark is null || record.AnswerTo(mark.Request) is not { } answer)
        {
            return null;
        }

        return answer.Content == mark.Content ? AnswerCodec.Read(answer) : throw Reused();
    }

    /// <summary>The record with this answer remembered, or as it is if the caller gave no request id.</summary>
    public static PersonRecord Remember(PersonRecord record, RequestMark? mark, Answer answer) => mark is null
        ? record
        : record with { Answers = record.Answers.Add(AnswerCodec.Keep(answer, mark.Request, mark.Content)) };

    public static RequestException Reused() => new(
        ProblemReason.RequestIdReused,
        "request_id",
        "request_id was used for another request before; give a new one, or repeat the first exactly.");
}
