using System.Text.Json;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Access;

/// <summary>What the journal keeps of keys.</summary>
internal static class AccessFacts
{
    public const string KeyMade = "key_made";
    public const string KeyRevoked = "key_revoked";

    public static JournalFact Made(AccessKey key, string by)
    {
        Dictionary<string, string> data = new()
        {
            ["name"] = key.Name,
            ["role"] = key.Role.ToString(),
            ["by"] = by,
        };
        if (!key.Brands.IsEmpty)
        {
            data["brands"] = string.Join(", ", key.Brands);
        }

        return Fact(KeyMade, key, key.MadeAt, data);
    }

    public static JournalFact Revoked(AccessKey key, string by) =>
        Fact(KeyRevoked, key, key.RevokedAt!.Value, new() { ["name"] = key.Name, ["by"] = by });

    private static JournalFact Fact(string kind, AccessKey key, Instant at, Dictionary<string, string> data) =>
        new($"{kind}-{key.Id}", at, kind, key.Id, JsonSerializer.SerializeToUtf8Bytes(data));
}
