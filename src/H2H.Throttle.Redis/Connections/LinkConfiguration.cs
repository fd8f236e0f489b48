using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>Makes of this product's options those of the client.</summary>
internal static class LinkConfiguration
{
    private const int HeartbeatMs = 200;        // how soon a lost connection is tried again
    private const int ReconnectPauseMs = 100;
    private const int KeepAliveSeconds = 5;

    /// <exception cref="ValidationException">The configuration cannot be read.</exception>
    public static ConfigurationOptions Of(RedisOptions options)
    {
        ConfigurationOptions configuration = Parse(options.Configuration);
        configuration.ClientName ??= "h2h-throttle";
        configuration.AbortOnConnectFail = false;
        configuration.AllowAdmin = true;   // for INFO and CONFIG GET, by which the start is checked
        configuration.ConnectTimeout = options.ConnectTimeoutMs;
        configuration.AsyncTimeout = options.StoreTimeoutMs;
        configuration.SyncTimeout = options.StoreTimeoutMs;
        configuration.KeepAlive = KeepAliveSeconds;
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(HeartbeatMs);
        configuration.ReconnectRetryPolicy = new LinearRetry(ReconnectPauseMs);
        configuration.SocketManager = SocketManager.ThreadPool;

        // What cannot be sent now fails now, and the link tries again: a queue would send it after its caller has left.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        if (!string.IsNullOrEmpty(options.User))
        {
            configuration.User = options.User;
        }

        if (!string.IsNullOrEmpty(options.Password))
        {
            configuration.Password = options.Password;
        }

        configuration.Ssl |= options.Tls;
        if (!string.IsNullOrEmpty(options.TlsAuthorityFile))
        {
            configuration.TrustIssuer(options.TlsAuthorityFile);
        }

        return configuration;
    }

    /// <summary>The servers alone, and nothing secret.</summary>
    public static string ServersOf(RedisOptions options) =>
        string.Join(',', Parse(options.Configuration).EndPoints.Select(static server => server is DnsEndPoint named
            ? string.Create(CultureInfo.InvariantCulture, $"{named.Host}:{named.Port}")
            : server.ToString()));

    private static ConfigurationOptions Parse(string text)
    {
        try
        {
            ConfigurationOptions parsed = ConfigurationOptions.Parse(text);
            return parsed.EndPoints.Count > 0 ? parsed : throw Unreadable("it names no server", null);
        }
        catch (ArgumentException error)
        {
            throw Unreadable(error.Message, error);
        }
    }

    private static ValidationException Unreadable(string why, Exception? inner) => new(
        $"Redis:Configuration cannot be read: {why}. Write it as host:port,host:port.", inner);
}
