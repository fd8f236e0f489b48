using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>What the journal keeps of policies that are asked beside the one in force.</summary>
internal static class ShadowFacts
{
    public const string Set = "shadow_set";
    public const string Ended = "shadow_ended";

    public static JournalFact Of(ShadowPolicyRecord record)
    {
        Dictionary<string, string> data = new()
        {
            ["number"] = record.Number.ToString(CultureInfo.InvariantCulture),
            ["comment"] = record.Comment,
        };
        if (record.Document is { } document)
        {
            data["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
        }

        string kind = record.Document is null ? Ended : Set;
        JournalFact fact = new(
            $"{kind}-{record.Number}",
            Instant.FromUnixTimeTicks(record.SetAt),
            kind,
            "shadow",
            JsonSerializer.SerializeToUtf8Bytes(data));
        return fact.Sign(record.Author?.ToActor());
    }
}
