using System.Globalization;

namespace H2H.Throttle.Testing.Servers;

/// <summary>A Redis that speaks TLS to an ACL user who may do what this product needs and no more.</summary>
public sealed class SecureRedis : IAsyncDisposable
{
    public const string User = "throttle";
    public const string Password = "secret";

    /// <summary>What every key of the user must start with.</summary>
    public const string KeyPrefix = "own:";

    private readonly Certificates certificates = new();

    private SecureRedis()
    {
    }

    /// <summary>On its other port it speaks plainly to whoever comes.</summary>
    public RedisServer Server { get; private set; } = null!;

    public int TlsPort { get; } = RedisServer.FreePort();

    public string TlsAddress => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{TlsPort}");

    /// <summary>Has signed the server's certificate.</summary>
    public string AuthorityFile => certificates.AuthorityFile;

    public static async Task<SecureRedis> StartAsync()
    {
        SecureRedis secure = new();
        secure.Server = await RedisServer.StartAsync(
            "--tls-port", secure.TlsPort.ToString(CultureInfo.InvariantCulture),
            "--tls-cert-file", secure.certificates.CertificateFile,
            "--tls-key-file", secure.certificates.KeyFile,
            "--tls-ca-cert-file", secure.certificates.AuthorityFile,
            "--tls-auth-clients", "no",
            "--user", User, "on", $">{Password}", $"~{KeyPrefix}*", $"&{KeyPrefix}*", "-@all", "+@read", "+@write",
            "+@scripting", "+@pubsub", "+@connection", "+info", "+time", "+config|get", "+cluster|nodes");
        return secure;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        certificates.Dispose();
    }
}
