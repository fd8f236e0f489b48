using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Redis;

/// <summary>Where Redis or Valkey is, who this service is there, and how long it may take.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>
    /// The servers, <c>host:port</c> each, parted by commas: one, or some of a cluster; further settings of
    /// StackExchange.Redis may follow. https://stackexchange.github.io/StackExchange.Redis/Configuration
    /// </summary>
    [Required]
    public string Configuration { get; set; } = "localhost:6379";

    /// <summary>The ACL user; empty: the default user.</summary>
    public string User { get; set; } = "";

    /// <summary>Of the user; empty: none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Speaks TLS; the certificate must name the host.</summary>
    public bool Tls { get; set; }

    /// <summary>A PEM file of the authority to trust besides the system's; empty: none.</summary>
    public string TlsAuthorityFile { get; set; } = "";

    /// <summary>What every key starts with, so that services may share a Redis.</summary>
    [RegularExpression("[a-zA-Z0-9._:-]{0,64}")]
    public string KeyPrefix { get; set; } = "h2h:";

    /// <summary>How long one call to the store may take, repeats included, in milliseconds.</summary>
    [Range(1, 60_000)]
    public int StoreTimeoutMs { get; set; } = 100;

    /// <summary>
    /// How long an opt-out waits for a replica where there is one, in milliseconds; then it is answered with the
    /// durability that it has.
    /// </summary>
    [Range(1, 60_000)]
    public int ReplicaTimeoutMs { get; set; } = 1000;

    /// <summary>How long making one connection may take, and how long a start waits for one, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int ConnectTimeoutMs { get; set; } = 2000;

    /// <summary>
    /// How often a watch of the journal looks by itself, should a notice have been lost, in milliseconds.
    /// </summary>
    [Range(10, 600_000)]
    public int WatchPollMs { get; set; } = 1000;

    /// <summary>How many entries of the journal are kept in one slot of a cluster, all servers the same.</summary>
    internal int JournalPartEntries { get; set; } = 1 << 20;

    /// <summary>The same, for waiting for a replica: a round that runs, one's own, and the way.</summary>
    internal RedisOptions ForReplicas()
    {
        RedisOptions patient = (RedisOptions)MemberwiseClone();
        patient.StoreTimeoutMs += 2 * ReplicaTimeoutMs;
        return patient;
    }
}
