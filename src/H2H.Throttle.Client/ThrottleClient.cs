using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Client.Connections;
using H2H.Throttle.Client.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Client;

/// <summary>The calls of one service. Safe from any thread; make one and keep it.</summary>
/// <remarks>
/// Every call throws <see cref="ThrottleException"/>, and nothing else, when it ends without an answer. A denial is an
/// answer. Nothing is repeated by itself but what an overloaded service refused, see
/// <see cref="ThrottleClientOptions.OverloadRepeatsMax"/>: give calls a request id and repeat them when
/// <see cref="ThrottleException.MayBeRepeated"/> says so.
/// </remarks>
public sealed class ThrottleClient : IDisposable
{
    private readonly GrpcChannel channel;

    /// <param name="address">Of the gRPC port: <c>http://127.0.0.1:7001</c>. Nothing is sent yet.</param>
    /// <param name="options">What to prove to the server; null: it asks for nothing.</param>
    public ThrottleClient(Uri address, ThrottleClientOptions? options = null)
    {
        options ??= new ThrottleClientOptions();
        HttpMessageHandler handler = Sockets.Open(options);
        channel = GrpcChannel.ForAddress(
            address,
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = null });
        CallInvoker invoker = new ExplainingInvoker(channel.CreateCallInvoker(), options.OverloadRepeatsMax);
        Throttle = new ThrottleService.ThrottleServiceClient(invoker);
        Consent = new ConsentService.ConsentServiceClient(invoker);
        People = new PersonService.PersonServiceClient(invoker);
        Policies = new PolicyService.PolicyServiceClient(invoker);
        Access = new AccessService.AccessServiceClient(invoker);
        Journal = new JournalService.JournalServiceClient(invoker);
        Webhooks = new WebhookService.WebhookServiceClient(invoker);
    }

    /// <summary>For senders.</summary>
    public ThrottleService.ThrottleServiceClient Throttle { get; }

    /// <summary>For people, and for whoever speaks for them.</summary>
    public ConsentService.ConsentServiceClient Consent { get; }

    /// <summary>What is known of a person, and who contacted them.</summary>
    public PersonService.PersonServiceClient People { get; }

    /// <summary>For admins.</summary>
    public PolicyService.PolicyServiceClient Policies { get; }

    /// <summary>Who may call what.</summary>
    public AccessService.AccessServiceClient Access { get; }

    /// <summary>For auditors and admins, and for senders that want to learn of revoked reservations.</summary>
    public JournalService.JournalServiceClient Journal { get; }

    /// <summary>For admins who want receivers to be told of what the journal gets to know.</summary>
    public WebhookService.WebhookServiceClient Webhooks { get; }

    /// <summary>Calls that are under way end as cancelled.</summary>
    public void Dispose() => channel.Dispose();
}
