using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Checks;

/// <summary>What one server says of itself.</summary>
/// <param name="Address">As this service knows it.</param>
/// <param name="Info">Everything that INFO tells, by its name.</param>
/// <param name="Settings">What CONFIG tells; empty where this service may not ask.</param>
/// <param name="Ahead">By how much its clock is ahead of this service's; negative: behind.</param>
internal sealed record ServerState(
    string Address, IReadOnlyDictionary<string, string> Info, IReadOnlyDictionary<string, string> Settings,
    Duration Ahead)
{
    private static readonly string[] SettingNames = ["appendonly", "appendfsync", "save", "maxmemory-policy"];

    public static async Task<ServerState> ReadAsync(IServer server, TimeProvider clock)
    {
        Dictionary<string, string> info = (await server.InfoAsync())
            .SelectMany(static section => section)
            .DistinctBy(static line => line.Key, StringComparer.Ordinal)
            .ToDictionary(static line => line.Key, static line => line.Value, StringComparer.Ordinal);
        DateTimeOffset before = clock.GetUtcNow();
        DateTime told = await server.TimeAsync();
        DateTimeOffset after = clock.GetUtcNow();
        DateTimeOffset between = before + ((after - before) / 2);
        return new ServerState(
            $"{server.EndPoint}",
            info,
            await ReadSettingsAsync(server),
            Duration.FromTimeSpan(new DateTimeOffset(told, TimeSpan.Zero) - between));
    }

    /// <summary>A value that INFO tells; empty if it does not.</summary>
    public string Tells(string name) => Info.GetValueOrDefault(name, "");

    private static async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(IServer server)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        try
        {
            foreach (string name in SettingNames)
            {
                foreach (KeyValuePair<string, string> setting in await server.ConfigGetAsync(name))
                {
                    settings[setting.Key] = setting.Value;
                }
            }
        }
        catch (RedisServerException)
        {
            // Whoever offers Redis as a service, or an ACL, may forbid CONFIG; INFO tells the most important.
            settings.Clear();
        }

        return settings;
    }
}
