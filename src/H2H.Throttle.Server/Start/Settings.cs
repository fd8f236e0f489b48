using H2H.Throttle.Engine;
using H2H.Throttle.Redis;
using H2H.Throttle.Sqlite;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>All options, read once and checked before anything is opened.</summary>
internal sealed record Settings(
    ServerOptions Server, ThrottleOptions Throttle, SqliteOptions Sqlite, RedisOptions Redis)
{
    /// <summary>Where the key is that hashes ids and addresses.</summary>
    public string IdentityKeyPath => Server.IdentityKeyPath.Length > 0
        ? Server.IdentityKeyPath
        : Path.ChangeExtension(Sqlite.Path, ".key");

    /// <exception cref="OptionsValidationException">Something is misspelt or out of range: all that is.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        Settings settings = new(new ServerOptions(), new ThrottleOptions(), new SqliteOptions(), new RedisOptions());
        List<string> failures = [];
        Read<ServerOptions>(
            ServerOptions.Section,
            section => section.Bind(settings.Server),
            new ServerOptionsValidator(),
            settings.Server);
        Read<ThrottleOptions>(
            ThrottleOptions.Section,
            section => section.Bind(settings.Throttle),
            new ThrottleOptionsValidator(),
            settings.Throttle);
        Read<SqliteOptions>(
            SqliteOptions.Section,
            section => section.Bind(settings.Sqlite),
            new SqliteOptionsValidator(),
            settings.Sqlite);
        Read<RedisOptions>(
            RedisOptions.Section,
            section => section.Bind(settings.Redis),
            new RedisOptionsValidator(),
            settings.Redis);
        return failures.Count == 0
            ? settings
            : throw new OptionsValidationException(nameof(Settings), typeof(Settings), failures);

        void Read<TOptions>(
            string name, Action<IConfigurationSection> bind, IValidateOptions<TOptions> validator, TOptions options)
            where TOptions : class
        {
            IConfigurationSection section = configuration.GetSection(name);
            failures.AddRange(SettingNames.Unknown<TOptions>(section));
            try
            {
                bind(section);
                failures.AddRange(validator.Validate(name, options).Failures ?? []);
            }
            catch (InvalidOperationException error)
            {
                // A value of the wrong type.
                failures.Add(error.Message);
            }
        }
    }
}
