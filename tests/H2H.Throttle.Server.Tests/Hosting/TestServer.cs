using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using H2H.Throttle.Server.Stores;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>The whole server in this process, on free ports and a store of its own that goes with it.</summary>
public abstract class TestServer : IAsyncLifetime
{
    private readonly TemporaryStore store = new();
    private readonly string[] settings;
    private ThrottleServer? server;
    private GrpcChannel? channel;

    /// <summary>Starts with <see cref="TestPolicy.Document"/>.</summary>
    protected TestServer(params string[] settings) => this.settings = settings;

    /// <summary>How every call is made: it ends with the test.</summary>
    public static CallOptions Call => new(cancellationToken: TestContext.Current.CancellationToken);

    public ThrottleService.ThrottleServiceClient Throttle => new(channel);

    public ConsentService.ConsentServiceClient Consent => new(channel);

    public PersonService.PersonServiceClient People => new(channel);

    public PolicyService.PolicyServiceClient Policies => new(channel);

    public AccessService.AccessServiceClient Access => new(channel);

    public JournalService.JournalServiceClient Journal => new(channel);

    public WebhookService.WebhookServiceClient Webhooks => new(channel);

    public Grpc.Health.V1.Health.HealthClient Health => new(channel);

    public ServerReflection.ServerReflectionClient Reflection => new(channel);

    public Uri PublicAddress => server!.Addresses.PublicOrHttp;

    public Uri GrpcAddress => server!.Addresses.Grpc;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        server = new ThrottleServer(
        [
            "--Server:GrpcPort=0",
            "--Server:HttpPort=0",
            $"--Sqlite:Path={store.Path}",
            $"--Server:FirstPolicyPath={store.Write("policy.yaml", TestPolicy.Document)}",
            .. settings,
            .. SettingsWith(store),
        ],
        Around);
        await server.StartAsync(TestContext.Current.CancellationToken);
        channel = Connect();
        Http.BaseAddress = server.Addresses.Http;
    }

    /// <summary>Settings that name files beside the store.</summary>
    protected virtual IEnumerable<string> SettingsWith(TemporaryStore files) => [];

    /// <summary>What is between the server and its store.</summary>
    private protected virtual IStore Around(IStore kept) => kept;

    /// <summary>Another connection.</summary>
    public GrpcChannel Connect() => GrpcChannel.ForAddress(GrpcAddress);

    /// <summary>Stops the server as a signal would: calls in flight are finished.</summary>
    public ValueTask StopAsync() => server!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        channel?.Dispose();
        await (server?.DisposeAsync() ?? default);
        store.Dispose();
        GC.SuppressFinalize(this);
    }
}
