using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Server;

/// <summary>What the server listens on and how much it takes at once.</summary>
/// <remarks>
/// Set in the environment (<c>Server__GrpcPort=7001</c>) or on the command line (<c>--Server:GrpcPort=7001</c>). Read
/// once, at start.
/// </remarks>
public sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>
    /// Where it listens: <c>localhost</c>, <c>*</c> for every interface, or an address of one. Beyond loopback it wants
    /// <c>Access:Required</c> and TLS.
    /// </summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>For gRPC: HTTP/2. 0 takes any free port.</summary>
    [Range(0, 65535)]
    public int GrpcPort { get; set; } = 7001;

    /// <summary>For JSON: HTTP/1.1. 0 takes any free port.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 7002;

    /// <summary>The largest request, in bytes, on either port.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int RequestBytesMax { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Unary calls that are answered at once, on both ports together; further ones are refused as OVERLOADED.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CallsInFlightMax { get; set; } = 10_000;

    /// <summary>
    /// Streams of questions, StreamCheck and StreamReserve, that are open at once; further ones are refused as
    /// OVERLOADED. Each may hold 4,000 questions and one more message, whether its answers are read or not.
    /// One HTTP/2 connection carries 100 calls and streams at once: a client with more of them needs another one.
    /// </summary>
    [Range(1, 100_000)]
    public int StreamsMax { get; set; } = 200;

    /// <summary>
    /// Questions that are worked on at once: checks, reserves, slots, plans and explanations; each item of a batch or
    /// stream is one. Further ones wait. Nothing else waits for them: opt-outs, confirmations and records go first.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AsksAtOnceMax { get; set; } = 1000;

    /// <summary>
    /// Questions that may wait for their turn; further ones are refused as OVERLOADED. Streams are read later instead.
    /// </summary>
    [Range(0, 1_000_000)]
    public int AsksWaitingMax { get; set; } = 4000;

    /// <summary>How long a question may wait, in milliseconds; then it is refused as OVERLOADED.</summary>
    [Range(1, 600_000)]
    public int AskWaitMaxMs { get; set; } = 1000;

    /// <summary>
    /// While overload lasts (questions have waited for <c>Server:AskWaitMaxMs</c> without a pause) only so many may
    /// wait as are answered in this time, in milliseconds.
    /// </summary>
    [Range(1, 600_000)]
    public int OverloadWaitMs { get; set; } = 50;

    /// <summary>
    /// How long calls in flight may take to finish after the server was asked to stop, in milliseconds.
    /// </summary>
    [Range(0, 3_600_000)]
    public int ShutdownTimeoutMs { get; set; } = 30_000;

    /// <summary>
    /// Where everything is kept: <c>sqlite</c>, in a file of this server's own, or <c>redis</c>, for many servers.
    /// </summary>
    [AllowedValues("sqlite", "redis", ErrorMessage = "Server:Store must be sqlite or redis.")]
    public string Store { get; set; } = "sqlite";

    /// <summary>
    /// How often the server looks whether a shared store answers and another server has published a policy, in
    /// milliseconds.
    /// </summary>
    [Range(10, 60_000)]
    public int StoreWatchMs { get; set; } = 500;

    /// <summary>
    /// The policy document, a YAML file, that a store without a policy starts with; empty: one that protects from the
    /// first call. A store that has a policy keeps it.
    /// </summary>
    public string FirstPolicyPath { get; set; } = "";

    /// <summary>
    /// The file with the key that hashes ids and addresses, made if missing; empty: beside the file of
    /// <c>Sqlite:Path</c>, with its name and the ending <c>.key</c>. Back it up: without it no stored person is found
    /// again. All servers of one Redis need the same.
    /// </summary>
    public string IdentityKeyPath { get; set; } = "";

    /// <summary>
    /// A YAML file with words by which people opt out, come back and ask for help in messages, besides those that the
    /// product knows; empty: none.
    /// </summary>
    public string KeywordsPath { get; set; } = "";
}
