namespace Grpc.Core;

/// <summary>One call, as the service that answers it sees it.</summary>
/// <remarks>Each public member hands on to its protected twin, which the server overrides.</remarks>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? userState;

    /// <summary>The path: a slash, the service, a slash, the method.</summary>
    public string Method => MethodCore;

    public string Host => HostCore;

    /// <summary>The caller's network address, as <c>ipv4:address:port</c> or the like.</summary>
    public string Peer => PeerCore;

    /// <summary>In UTC; <see cref="DateTime.MaxValue"/> where the caller set none.</summary>
    public DateTime Deadline => DeadlineCore;

    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the caller is gone, or has given up, or the deadline has passed.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>What is sent after the last message; the service may add to it until it returns.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>How the call ends if the service returns rather than throws.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>How responses are sent; null for the server's own way.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    public AuthContext AuthContext => AuthContextCore;

    /// <summary>Whatever interceptors and the service want to hand on to each other during this call.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    protected abstract string MethodCore { get; }

    protected abstract string HostCore { get; }

    protected abstract string PeerCore { get; }

    protected abstract DateTime DeadlineCore { get; }

    protected abstract Metadata RequestHeadersCore { get; }

    protected abstract CancellationToken CancellationTokenCore { get; }

    protected abstract Metadata ResponseTrailersCore { get; }

    protected abstract Status StatusCore { get; set; }

    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    protected abstract AuthContext AuthContextCore { get; }

    protected virtual IDictionary<object, object> UserStateCore => userState ??= [];

    /// <summary>Sends the headers now. At most once, and before the first response.</summary>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Lets calls that are made to answer this one share its deadline and its end.</summary>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) =>
        CreatePropagationTokenCore(options);

    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}
