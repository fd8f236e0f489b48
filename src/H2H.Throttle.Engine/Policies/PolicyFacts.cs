using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Policies;

/// <summary>What the journal keeps of a publication.</summary>
internal static class PolicyFacts
{
    public const string Kind = "policy_published";

    public static JournalFact Published(PolicyVersionRecord version)
    {
        Dictionary<string, string> data = new()
        {
            ["version"] = version.Number.ToString(CultureInfo.InvariantCulture),
            ["comment"] = version.Comment,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Document))),
        };
        if (version.Restores is { } restored)
        {
            data["restores"] = restored.ToString(CultureInfo.InvariantCulture);
        }

        JournalFact fact = new(
            $"policy-{version.Number}", Instant.FromUnixTimeTicks(version.PublishedAt), Kind, version.Name,
            JsonSerializer.SerializeToUtf8Bytes(data));
        return fact.Sign(version.Author?.ToActor());
    }
}
