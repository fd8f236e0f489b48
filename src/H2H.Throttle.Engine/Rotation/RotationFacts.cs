using System.Text.Json;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>What the journal keeps of a rotation: the first entry of the new key's time.</summary>
internal static class RotationFacts
{
    public const string Kind = "identity_key_rotated";

    private const string Subject = "identity-key";

    /// <summary>The same however often the rotation is gone on with, but for its time.</summary>
    public static JournalFact Of(IdentityHasher hasher, int generation, Instant at) => new(
        $"{Kind}-{hasher.Key}",
        at,
        Kind,
        Subject,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["from"] = hasher.KeyOf(generation),
            ["to"] = hasher.Key,
        }));
}
