using NodaTime;

namespace H2H.Throttle.Engine.Journals;

/// <summary>
/// Something that happened and must never be denied later: an opt-out, a policy change, a revocation.
/// </summary>
/// <remarks>Carries no personal data: <see cref="Subject"/> is a keyed hash or the name of a policy.</remarks>
public sealed record JournalFact
{
    public const int IdLengthMax = 64;
    public const int KindLengthMax = 64;
    public const int SubjectLengthMax = 128;
    public const int DataBytesMax = 64 * 1024;

    /// <param name="id">Unique for ever; appending a fact whose id is already there changes nothing.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="kind">What happened, as <c>snake_case</c>: <c>opt_out</c>, <c>policy_published</c>, ….</param>
    /// <param name="subject">To what it happened.</param>
    /// <param name="data">The particulars, as UTF-8 JSON; may be empty.</param>
    public JournalFact(string id, Instant at, string kind, string subject, ReadOnlyMemory<byte> data)
    {
        Require(id, IdLengthMax, nameof(id));
        Require(kind, KindLengthMax, nameof(kind));
        Require(subject, SubjectLengthMax, nameof(subject));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, DataBytesMax, nameof(data));
        (Id, At, Kind, Subject, Data) = (id, at, kind, subject, data);
    }

    public string Id { get; }

    public Instant At { get; }

    public string Kind { get; }

    public string Subject { get; }

    public ReadOnlyMemory<byte> Data { get; }

    private static void Require(string text, int lengthMax, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, lengthMax, name);
    }
}
