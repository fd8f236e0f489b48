using System.Collections.Immutable;
using Grpc.AspNetCore.Server;
using Grpc.Reflection.V1;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Health;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.Reflection;
using Microsoft.Extensions.Options;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace H2H.Throttle.Server.Start;

/// <summary>Which services there are: one instance of each, asked by gRPC and by HTTP alike.</summary>
internal static class ServedCalls
{
    private static readonly ImmutableArray<ServiceDescriptor> Services =
    [
        Grpc.Health.V1.Health.Descriptor,
        ServerReflection.Descriptor,
    ];

    public static void AddCalls(this IServiceCollection services)
    {
        services.AddGrpc(static grpc => grpc.Interceptors.Add<CallGuard>());
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<ServerOptions>>(static (grpc, server) =>
        {
            grpc.MaxReceiveMessageSize = server.Value.RequestBytesMax;
            grpc.IgnoreUnknownServices = true;   // what is unknown is refused with a reason by MapNothingElse
        });
        services.AddSingleton<CallGate>();
        services.AddSingleton<CallErrors>();
        services.AddSingleton<CallGuard>();
        services.AddSingleton(new FileDescriptors(Services));
        services.AddSingleton<ReflectionService>();
        services.AddSingleton(new HealthService([.. Services.Select(static service => service.FullName)]));
        services.AddHostedService<ServingHealth>();
        services.AddSingleton(BindConnect);
    }

    public static void MapCalls(this WebApplication app)
    {
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
    }

    private static ConnectMethods BindConnect(IServiceProvider services)
    {
        ConnectMethods methods = new(services.GetRequiredService<CallGuard>());
        Grpc.Health.V1.Health.BindService(
            methods.Of(Grpc.Health.V1.Health.Descriptor), services.GetRequiredService<HealthService>());
        return methods;
    }
}
