using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// An answer as a record keeps it: what tells whose it is, and the rest as bytes until somebody asks again.
/// </summary>
/// <param name="Request">Hash of the request id.</param>
/// <param name="Content">Hash of all that was asked.</param>
/// <param name="At">When.</param>
/// <param name="HasCounted">See <see cref="Answer.HasCounted"/>.</param>
/// <param name="Body">For <see cref="AnswerCodec"/>.</param>
internal sealed record KeptAnswer(
    string Request, string Content, Instant At, bool HasCounted, ReadOnlyMemory<byte> Body)
{
    /// <summary>The name of the person that was asked by; null: their own.</summary>
    public PersonKey? Via { get; init; }

    /// <summary>Whose numbers the contacts in it have; null: the person's own.</summary>
    public PersonKey? NumberedBy { get; init; }
}
