using System.Text.Json;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Access;

/// <summary>What the journal keeps of keys.</summary>
internal static class AccessFacts
{
    public const string KeyMade = "key_made";
    public const string KeyRevoked = "key_revoked";

    /// <summary>All that became of a key. Whoever notices tells; the journal keeps it once.</summary>
    public static IEnumerable<JournalFact> Of(KeyRingRecord.Entry entry)
    {
        AccessKey key = entry.ToKey();
        yield return Made(key).Sign(entry.MadeBy?.ToActor());
        if (key.RevokedAt is { } revokedAt)
        {
            yield return Fact(KeyRevoked, key, revokedAt, new() { ["name"] = key.Name })
                .Sign(entry.RevokedBy?.ToActor());
        }
    }

    private static JournalFact Made(AccessKey key)
    {
        Dictionary<string, string> data = new()
        {
            ["name"] = key.Name,
            ["role"] = key.Role.ToString(),
        };
        if (!key.Brands.IsEmpty)
        {
            data["brands"] = string.Join(", ", key.Brands);
        }

        return Fact(KeyMade, key, key.MadeAt, data);
    }

    private static JournalFact Fact(string kind, AccessKey key, Instant at, Dictionary<string, string> data) =>
        new($"{kind}-{key.Id}", at, kind, key.Id, JsonSerializer.SerializeToUtf8Bytes(data));
}
