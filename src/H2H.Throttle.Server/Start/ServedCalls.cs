using System.Collections.Immutable;
using Grpc.Reflection.V1;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Batches;
using H2H.Throttle.Server.Consent;
using H2H.Throttle.Server.Contacts;
using H2H.Throttle.Server.Dialers;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Health;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.Journals;
using H2H.Throttle.Server.Lists;
using H2H.Throttle.Server.OpenApi;
using H2H.Throttle.Server.Overload;
using H2H.Throttle.Server.People;
using H2H.Throttle.Server.Policies;
using H2H.Throttle.Server.Reflection;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Webhooks;
using FileDescriptor = Google.Protobuf.Reflection.FileDescriptor;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace H2H.Throttle.Server.Start;

/// <summary>Which services there are: one instance of each, asked by gRPC and by HTTP alike.</summary>
internal static class ServedCalls
{
    private static readonly ImmutableArray<ServiceDescriptor> Services =
    [
        Wire.ThrottleService.Descriptor,
        Wire.ConsentService.Descriptor,
        Wire.PersonService.Descriptor,
        Wire.PolicyService.Descriptor,
        Wire.AccessService.Descriptor,
        Wire.JournalService.Descriptor,
        Wire.WebhookService.Descriptor,
        Grpc.Health.V1.Health.Descriptor,
        ServerReflection.Descriptor,
    ];

    // The details of errors are sent as google.protobuf.Any: a tool looks up by their names what they are.
    private static readonly ImmutableArray<FileDescriptor> ErrorFiles =
    [
        Google.Rpc.StatusReflection.Descriptor,
        Google.Rpc.ErrorDetailsReflection.Descriptor,
        Wire.ErrorReasonReflection.Descriptor,
    ];

    public static void AddCalls(this IServiceCollection services, ServerOptions options)
    {
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<CallGuard>();
            grpc.MaxReceiveMessageSize = options.RequestBytesMax;
            grpc.IgnoreUnknownServices = true;   // what is unknown is refused with a reason by MapNothingElse
        });
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<CallGate>();
        services.AddSingleton<CallMeter>();
        services.AddSingleton<LookMeter>();
        services.AddSingleton<StateGauges>();
        services.AddSingleton<AskQueue>();
        services.AddSingleton<CallErrors>();
        services.AddSingleton<CallGuard>();
        services.AddSingleton(BindConnect);
        services.AddSingleton<OpenApiDocument>();

        services.AddSingleton<ItemCalls>();
        services.AddSingleton<StreamRoom>();
        services.AddSingleton<BatchCalls>();
        services.AddSingleton<ThrottleService>();
        services.AddSingleton<ListCalls>();
        services.AddSingleton<MessageCalls>();
        services.AddSingleton<ConsentService>();
        services.AddSingleton<PersonService>();
        services.AddSingleton<SimulationShare>();
        services.AddSingleton<SimulationCalls>();
        services.AddSingleton<ShadowCalls>();
        services.AddHostedService<ShadowFlush>();
        services.AddSingleton<PolicyService>();
        services.AddSingleton<AccessService>();
        services.AddSingleton<DialerService>();
        services.AddSingleton<WatchRoom>();
        services.AddSingleton<JournalService>();
        services.AddSingleton<AddressGuard>();
        services.AddSingleton<HttpCarrier>();
        services.AddSingleton<WebhookService>();
        services.AddSingleton<WebhookCourier>();
        services.AddHostedService(static found => found.GetRequiredService<WebhookCourier>());

        services.AddSingleton(new FileDescriptors(Services, ErrorFiles));
        services.AddSingleton<ReflectionService>();
        services.AddSingleton(new HealthService([.. Services.Select(static service => service.FullName)]));
        services.AddSingleton<ComponentHealth>();
        services.AddHostedService<ServingHealth>();
        services.AddHostedService<StoreWatch>();
    }

    public static void MapCalls(this WebApplication app)
    {
        app.MapGrpcService<ThrottleService>();
        app.MapGrpcService<ConsentService>();
        app.MapGrpcService<PersonService>();
        app.MapGrpcService<PolicyService>();
        app.MapGrpcService<AccessService>();
        app.MapGrpcService<JournalService>();
        app.MapGrpcService<WebhookService>();
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
    }

    private static ConnectMethods BindConnect(IServiceProvider services)
    {
        ConnectMethods methods = new(services.GetRequiredService<CallGuard>());
        Wire.ThrottleService.BindService(
            methods.Of(Wire.ThrottleService.Descriptor), services.GetRequiredService<ThrottleService>());
        Wire.ConsentService.BindService(
            methods.Of(Wire.ConsentService.Descriptor), services.GetRequiredService<ConsentService>());
        Wire.PersonService.BindService(
            methods.Of(Wire.PersonService.Descriptor), services.GetRequiredService<PersonService>());
        Wire.PolicyService.BindService(
            methods.Of(Wire.PolicyService.Descriptor), services.GetRequiredService<PolicyService>());
        Wire.AccessService.BindService(
            methods.Of(Wire.AccessService.Descriptor), services.GetRequiredService<AccessService>());
        Wire.JournalService.BindService(
            methods.Of(Wire.JournalService.Descriptor), services.GetRequiredService<JournalService>());
        Wire.WebhookService.BindService(
            methods.Of(Wire.WebhookService.Descriptor), services.GetRequiredService<WebhookService>());
        Grpc.Health.V1.Health.BindService(
            methods.Of(Grpc.Health.V1.Health.Descriptor), services.GetRequiredService<HealthService>());
        return methods;
    }
}
