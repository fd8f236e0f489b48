using NodaTime;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>One time that a server was asked: when, and what it answered.</summary>
/// <param name="Call">What was asked.</param>
/// <param name="Server">Who was asked.</param>
/// <param name="Clock">What that server's clock said then.</param>
/// <param name="Begun">Its place among all beginnings and ends of a history.</param>
internal sealed record RecordedCall(Call Call, string Server, Instant Clock, long Begun)
{
    /// <summary>
    /// The place of its end; <see cref="long.MaxValue"/>: it was never heard of again, and may happen at any time.
    /// </summary>
    public long Ended { get; set; } = long.MaxValue;

    /// <summary>Null: nobody knows.</summary>
    public Answer? Answer { get; set; }

    public override string ToString() =>
        $"{Begun,6} {(Answer is null ? "…" : Ended),6}  {Server,-4} {Clock:dd'T'HH:mm:ss.FFF}  {Call}  →  "
        + (Answer?.ToString() ?? "no answer");
}
