using Grpc.Core;

namespace H2H.Throttle.Server.Http;

/// <summary>A call that came in by the Connect protocol, as the gRPC services see it.</summary>
/// <remarks>What it does not carry (certificates, response headers) is what no service here asks for.</remarks>
internal sealed class ConnectCallContext(string method, HttpContext http, CancellationToken cancellation)
    : ServerCallContext
{
    private readonly Metadata trailers = [];
    private DateTime deadline = DateTime.MaxValue;

    public HttpContext Http => http;

    /// <param name="moment">In UTC; whoever tells it also cancels the call then.</param>
    public void EndsAt(DateTime moment) => deadline = moment;

    protected override string MethodCore => method;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore => $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";

    /// <summary>In UTC; <see cref="DateTime.MaxValue"/> if the caller set none.</summary>
    protected override DateTime DeadlineCore => deadline;

    protected override Metadata RequestHeadersCore
    {
        get
        {
            Metadata headers = [];
            foreach ((string name, var values) in http.Request.Headers)
            {
                if (!name.StartsWith(':')
                    && !name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
                {
                    headers.Add(name, values.ToString());
                }
            }

            return headers;
        }
    }

    protected override CancellationToken CancellationTokenCore => cancellation;

    protected override Metadata ResponseTrailersCore => trailers;

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore =>
        throw new NotSupportedException("No service asks for certificates.");

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("No service calls another.");

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) =>
        throw new NotSupportedException("No service sends headers ahead of its answer.");
}
