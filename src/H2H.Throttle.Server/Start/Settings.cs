using H2H.Throttle.Engine;
using H2H.Throttle.Redis;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Dialers;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Webhooks;
using H2H.Throttle.Sqlite;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>All options, read once and checked before anything is opened.</summary>
internal sealed record Settings(
    ServerOptions Server,
    AccessOptions Access,
    TlsOptions Tls,
    PublicOptions Public,
    TelemetryOptions Telemetry,
    WebhookOptions Webhooks,
    ThrottleOptions Throttle,
    SqliteOptions Sqlite,
    RedisOptions Redis)
{
    /// <summary>By their names.</summary>
    public IReadOnlyDictionary<string, DialerOptions> Dialers { get; init; } = new Dictionary<string, DialerOptions>();

    /// <summary>Where the key is that hashes ids and addresses.</summary>
    public string IdentityKeyPath => Server.IdentityKeyPath.Length > 0
        ? Server.IdentityKeyPath
        : Path.ChangeExtension(Sqlite.Path, ".key");

    /// <exception cref="OptionsValidationException">Something is misspelt or out of range: all that is.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        Reading reading = new(configuration, []);
        Settings settings = new(
            reading.Read(ServerOptions.Section, static (section, to) => section.Bind(to), new ServerOptionsValidator()),
            reading.Read(AccessOptions.Section, static (section, to) => section.Bind(to), new AccessOptionsValidator()),
            reading.Read(TlsOptions.Section, static (section, to) => section.Bind(to), new TlsOptionsValidator()),
            reading.Read(PublicOptions.Section, static (section, to) => section.Bind(to), new PublicOptionsValidator()),
            reading.Read(
                TelemetryOptions.Section, static (section, to) => section.Bind(to), new TelemetryOptionsValidator()),
            reading.Read(
                WebhookOptions.Section, static (section, to) => section.Bind(to), new WebhookOptionsValidator()),
            reading.Read(
                ThrottleOptions.Section, static (section, to) => section.Bind(to), new ThrottleOptionsValidator()),
            reading.Read(SqliteOptions.Section, static (section, to) => section.Bind(to), new SqliteOptionsValidator()),
            reading.Read(RedisOptions.Section, static (section, to) => section.Bind(to), new RedisOptionsValidator()))
        {
            Dialers = reading.ReadDialers(),
        };
        return reading.Failures.Count == 0
            ? settings
            : throw new OptionsValidationException(nameof(Settings), typeof(Settings), reading.Failures);
    }

    private sealed record Reading(IConfiguration Configuration, List<string> Failures)
    {
        public Dictionary<string, DialerOptions> ReadDialers()
        {
            Dictionary<string, DialerOptions> dialers = new(StringComparer.OrdinalIgnoreCase);
            foreach (string name in Configuration.GetSection(DialerOptions.Section).GetChildren()
                .Select(static child => child.Key))
            {
                dialers[name] = Read(
                    $"{DialerOptions.Section}:{name}",
                    static (IConfigurationSection section, DialerOptions to) => section.Bind(to),
                    new DialerOptionsValidator());
                Failures.AddRange(DialerBook.Failures(name, dialers[name]));
            }

            return dialers;
        }

        /// <param name="name">Of the section.</param>
        /// <param name="bind">Written out where the type is known, for the binding generator.</param>
        /// <param name="validator">Checks the ranges.</param>
        public TOptions Read<TOptions>(
            string name, Action<IConfigurationSection, TOptions> bind, IValidateOptions<TOptions> validator)
            where TOptions : class, new()
        {
            TOptions options = new();
            IConfigurationSection section = Configuration.GetSection(name);
            Failures.AddRange(SettingNames.Unknown<TOptions>(section));
            try
            {
                bind(section, options);
                Failures.AddRange(validator.Validate(name, options).Failures ?? []);
            }
            catch (InvalidOperationException error)
            {
                // A value of the wrong type.
                Failures.Add(error.Message);
            }

            return options;
        }
    }
}
