using System.Globalization;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>What ten contacts of a person take in Redis, against one member of a sorted set for each.</summary>
internal static class MemoryBenchmark
{
    private const int Contacts = 10;

    // What the contact is and a name to confirm it by, which a record of the product has as well.
    private const string Members = """
        for person = 1, tonumber(ARGV[1]) do
          local key = string.format('h2h:r:contacts:%043d', person)
          for contact = 1, tonumber(ARGV[2]) do
            local at = 1795345000000 + contact * 3600000
            local id = string.format('%033d', person * 1000 + contact)
            redis.call('ZADD', key, at, at .. '|email|marketing|north|spring|' .. id)
          end
          redis.call('PEXPIREAT', key, 1895345000000)
        end
        """;

    public static async Task<Target[]> RunAsync(Scale scale)
    {
        int people = scale.People / 2;
        double members = await MembersAsync(people, Contacts);
        double plain = await RecordsAsync(people, Contacts, isRepeatable: false);
        double repeatable = await RecordsAsync(people, Contacts, isRepeatable: true);
        return
        [
            Of("memory in Redis, 10 contacts", plain, members, 0.25),
            Of("memory in Redis, 10 contacts and 10 request ids with their answers", repeatable, members, null),
        ];
    }

    /// <summary>Bytes for each person, as records of the product.</summary>
    public static async Task<double> RecordsAsync(int people, int contacts, bool isRepeatable)
    {
        using BenchedRedis redis = new();
        using BenchedServer server = BenchedServer.Over(redis, Policies.Ten);
        long before = await redis.MemoryBytesAsync();
        await new Subject(server.Process, redis).PrepareAsync(
            PreparedCall.Reserve(people, isRepeatable), (long)people * contacts);
        return (await redis.MemoryBytesAsync() - before) / (double)people;
    }

    /// <summary>Bytes for each person, as members of sorted sets.</summary>
    public static async Task<double> MembersAsync(int people, int contacts)
    {
        using BenchedRedis redis = new();
        long before = await redis.MemoryBytesAsync();
        await redis.AskAsync(
            "EVAL",
            Members,
            "0",
            people.ToString(CultureInfo.InvariantCulture),
            contacts.ToString(CultureInfo.InvariantCulture));
        return (await redis.MemoryBytesAsync() - before) / (double)people;
    }

    private static Target Of(string what, double records, double members, double? wanted) => new(
        string.Create(CultureInfo.InvariantCulture, $"{what}: {records:0} bytes"),
        string.Create(CultureInfo.InvariantCulture, $"a member of a sorted set for each contact: {members:0} bytes"),
        string.Create(CultureInfo.InvariantCulture, $"{records / members:0.00}"),
        wanted is { } most ? string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.##}") : "–",
        wanted is null || records / members <= wanted);
}
