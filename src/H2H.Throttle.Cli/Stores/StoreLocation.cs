using System.ComponentModel.DataAnnotations;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Redis;
using H2H.Throttle.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace H2H.Throttle.Cli.Stores;

/// <summary>
/// Where a store is, as the command line names it: <c>sqlite:PATH</c> or <c>redis:CONFIGURATION</c>, with a key prefix
/// after a <c>#</c> if it is not <c>h2h:</c>.
/// </summary>
internal static class StoreLocation
{
    public const string Words = "sqlite:PATH, or redis:HOST:PORT[,HOST:PORT…][,password=…][,ssl=true][#KEYPREFIX]";

    private const string Sqlite = "sqlite:";
    private const string Redis = "redis:";

    // Nobody waits for a decision: a busy store is given time.
    private const int RedisTimeoutMs = 10_000;

    /// <param name="location">As the user wrote it.</param>
    /// <param name="isSource">It must be there already.</param>
    /// <exception cref="UnusableException">It says nothing, or nothing is there.</exception>
    public static async Task<OpenedStore> OpenAsync(string location, bool isSource)
    {
        if (location.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            return OpenFile(location[Sqlite.Length..], isSource);
        }

        return location.StartsWith(Redis, StringComparison.Ordinal)
            ? await OpenRedisAsync(location[Redis.Length..])
            : throw new UnusableException($"{location} names no store. Write {Words}.");
    }

    private static OpenedStore OpenFile(string path, bool isSource)
    {
        if (isSource && !File.Exists(path))
        {
            throw new UnusableException($"There is no store {path}.");
        }

        SqliteStore store = SqliteStore.Open(new SqliteOptions { Path = path }, TimeProvider.System);
        return new OpenedStore(store, new StorePorts(store.Records, store.Catalog, store.Journal));
    }

    private static async Task<OpenedStore> OpenRedisAsync(string location)
    {
        string[] parts = location.Split('#', 2);
        RedisOptions options = new() { Configuration = parts[0], StoreTimeoutMs = RedisTimeoutMs };
        options.KeyPrefix = parts.Length == 2 ? parts[1] : options.KeyPrefix;
        try
        {
            RedisStore store = await RedisStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance);
            return new OpenedStore(store, new StorePorts(store.Records, store.Catalog, store.Journal));
        }
        catch (ValidationException error)
        {
            throw new UnusableException(error.Message, error);
        }
    }
}
