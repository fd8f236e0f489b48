using H2H.Throttle.Redis;
using H2H.Throttle.Server.Start;
using H2H.Throttle.Sqlite;

namespace H2H.Throttle.Server.Stores;

/// <summary>The words of <see cref="ServerOptions.Store"/>.</summary>
internal static class StoreChoice
{
    public const string Sqlite = "sqlite";
    public const string Redis = "redis";

    /// <summary>Opens the store that the settings name. Redis may be down; its store opens all the same.</summary>
    /// <exception cref="Exception">It cannot; see <see cref="StartFailure.Explain"/>.</exception>
    public static async Task<IStore> OpenAsync(Settings settings, TimeProvider clock, ILoggerFactory logs) =>
        settings.Server.Store == Redis
            ? new SharedStore(await RedisStore.OpenAsync(settings.Redis, clock, logs))
            : new EmbeddedStore(SqliteStore.Open(settings.Sqlite, clock), settings.Sqlite.Path);
}
