using System.Net.Http.Headers;

namespace H2H.Throttle.Client.Connections;

/// <summary>Shows the same credentials with every call (RFC 6750).</summary>
internal sealed class BearerHandler : DelegatingHandler
{
    private readonly AuthenticationHeaderValue header;

    public BearerHandler(string key, HttpMessageHandler inner)
        : base(inner) => header = new AuthenticationHeaderValue("Bearer", key);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = header;
        return base.SendAsync(request, cancellationToken);
    }
}
