using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Server.Webhooks;

/// <summary>How receivers are told of what happened, and which may be.</summary>
/// <remarks>Set as <see cref="ServerOptions"/> are.</remarks>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// Send to plain http too. To loopback that is allowed as long as the server listens on nothing else.
    /// </summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Networks beside the public ones that events may be sent into, parted by commas: <c>10.1.0.0/16, fd00::/8</c>.
    /// Loopback is one of them by itself as long as the server listens on nothing else.
    /// </summary>
    public string AllowedNetworks { get; set; } = "";

    /// <summary>How long a receiver may take to answer, in milliseconds; then the try has failed.</summary>
    [Range(10, 60_000)]
    public int TimeoutMs { get; set; } = 10_000;

    /// <summary>How often an event is tried before it becomes a dead letter.</summary>
    [Range(1, 100)]
    public int TriesMax { get; set; } = 16;

    /// <summary>
    /// The pause after the first failure, in milliseconds; after each further one it is twice as long.
    /// </summary>
    [Range(10, 3_600_000)]
    public int PauseMinMs { get; set; } = 1000;

    /// <summary>The longest of these pauses, in milliseconds.</summary>
    [Range(10, 86_400_000)]
    public int PauseMaxMs { get; set; } = 900_000;

    /// <summary>
    /// After how long without a sign of life of the server that sends for a webhook another one does, in milliseconds.
    /// </summary>
    [Range(200, 600_000)]
    public int TakeoverMs { get; set; } = 15_000;
}
