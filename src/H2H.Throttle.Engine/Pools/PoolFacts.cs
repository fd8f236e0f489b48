using System.Text.Json;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>What the journal keeps of who shares limits with whom.</summary>
internal static class PoolFacts
{
    public const string Joined = "pool_joined";
    public const string Left = "pool_left";

    public static JournalFact Of(string fact, PersonKey person, Membership membership, Instant now) => new(
        $"{fact}-{Guid.CreateVersion7():N}",
        now,
        fact,
        person.Text,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["kind"] = membership.Kind,
            ["pool"] = membership.Pool.Text,
        }));
}
