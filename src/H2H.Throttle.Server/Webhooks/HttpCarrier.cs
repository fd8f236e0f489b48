using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using H2H.Throttle.Engine.Webhooks;
using NodaTime;
using OpenTelemetry;

namespace H2H.Throttle.Server.Webhooks;

/// <summary>Posts events to receivers. Safe from any thread.</summary>
/// <remarks>
/// What a receiver writes is not read, but for its status and Retry-After. Where it sends somebody elsewhere is not
/// followed, no cookie is kept, no proxy asked, and no trace told of the URL, which may hold a secret. The address to
/// connect to is looked up, judged and then used, so that a name cannot mean another one in between.
/// </remarks>
internal sealed class HttpCarrier : IWebhookCarrier, IDisposable
{
    private const int AnswerBytesMax = 16 * 1024;
    private const int ConnectionsPerReceiverMax = 4;
    private const int TooEarly = 425;

    private readonly AddressGuard guard;
    private readonly TimeProvider clock;
    private readonly TimeSpan timeout;
    private readonly HttpClient http;

    public HttpCarrier(AddressGuard guard, WebhookOptions options, TimeProvider clock)
    {
        (this.guard, this.clock) = (guard, clock);
        timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = ConnectionsPerReceiverMax,
            MaxResponseDrainSize = AnswerBytesMax,
            MaxResponseHeadersLength = AnswerBytesMax / 1024,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),   // a name may come to mean another address
            ConnectCallback = ConnectAsync,
        };
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(
            "H2H-Throttle", typeof(HttpCarrier).Assembly.GetName().Version!.ToString(3)));
    }

    public async Task<Carried> CarryAsync(Uri url, SignedEvent message, CancellationToken cancellation)
    {
        if (guard.WhyNot(url) is { } why)
        {
            return new Carried.Failed(null, why);   // the settings may have changed since it was made
        }

        using CancellationTokenSource patience = new(timeout, clock);
        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using IDisposable quiet = SuppressInstrumentationScope.Begin();
            using HttpRequestMessage request = Write(url, message);
            using HttpResponseMessage answer = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return Read(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Carried.Failed(null, $"There was no answer within {timeout.TotalMilliseconds:0} ms.");
        }
        catch (HttpRequestException failure)
        {
            return new Carried.Failed(null, Explain(failure));
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Write(Uri url, SignedEvent message)
    {
        ByteArrayContent body = new(message.Event.Body.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(WebhookEvent.ContentType);
        HttpRequestMessage request = new(HttpMethod.Post, url) { Content = body };
        request.Headers.Add("webhook-id", message.Event.Id);
        request.Headers.Add(
            "webhook-timestamp", message.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", message.Signature);
        return request;
    }

    private Carried Read(HttpResponseMessage answer)
    {
        int status = (int)answer.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new Carried.Taken(status),
            (int)HttpStatusCode.Gone => new Carried.Gone(),
            >= 300 and < 400 => new Carried.Failed(
                status, $"The receiver answered {status}; nobody is sent elsewhere. Give the webhook the URL itself."),
            (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable or TooEarly =>
                new Carried.Failed(status, $"The receiver answered {status}.", RetryAfter(answer)),
            _ => new Carried.Failed(status, $"The receiver answered {status}."),
        };
    }

    private Duration? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => Duration.FromTimeSpan(delta),
        { Date: { } date } => Duration.FromTimeSpan(date - clock.GetUtcNow()),
        _ => null,
    };

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress[] found = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellation);
        IPAddress[] allowed = [.. found.Where(guard.Allows)];
        if (allowed.Length == 0)
        {
            throw new RefusedAddressException(
                found.Length == 0 ? "The host of the URL has no address." : AddressGuard.WhyNot(found[0]));
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Explain(HttpRequestException failure) => failure switch
    {
        { InnerException: RefusedAddressException refused } => refused.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } or
            { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } =>
            "The host of the URL is not known.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "The receiver's certificate is not valid for the host of the URL, or there is no TLS.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "The receiver cannot be reached.",
        _ => $"The connection broke ({failure.HttpRequestError}).",
    };
}
