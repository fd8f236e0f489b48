using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Reads and checks the options at start; a key that does not exist is an error, because it is a misspelt one.</summary>
internal static class OptionsBinding
{
    public static void AddServerOptions(this IServiceCollection services)
    {
        services.AddOptions<ServerOptions>().Configure<IConfiguration>(Bind).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        services.AddOptions<HostOptions>().Configure<IOptions<ServerOptions>>(static (host, server) =>
            host.ShutdownTimeout = TimeSpan.FromMilliseconds(server.Value.ShutdownTimeoutMs));
        services.AddSingleton(TimeProvider.System);
    }

    private static void Bind(ServerOptions options, IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(ServerOptions.Section);
        SettingNames.Check<ServerOptions>(section);
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException error)
        {
            throw new OptionsValidationException(ServerOptions.Section, typeof(ServerOptions), [error.Message]);
        }
    }
}
