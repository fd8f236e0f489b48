using NodaTime;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>What a server answered, as far as a model can foretell it.</summary>
/// <param name="Words">The answer in words; a refusal is one too.</param>
/// <param name="At">The instant that the answer is about; null: none.</param>
internal sealed record Answer(string Words, Instant? At = null)
{
    /// <summary>How the words of a refusal begin.</summary>
    public const string Refused = "refused";

    /// <summary>What the server calls the contact; null: there is none. No model can foretell it.</summary>
    public string? ContactId { get; init; }

    public static Answer Refusal(string reason) => new($"{Refused} {reason}");

    /// <summary>Whether both say the same, names that only a server gives left aside.</summary>
    public bool Says(Answer other) => Words == other.Words && At == other.At;

    public override string ToString() => At is { } at ? $"{Words} at {at:uuuu-MM-dd'T'HH:mm:ss.FFF}" : Words;
}
