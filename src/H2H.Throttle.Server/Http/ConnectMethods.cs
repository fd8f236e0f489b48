using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using H2H.Throttle.Engine.Policies.Readers;
using MethodDescriptor = Google.Protobuf.Reflection.MethodDescriptor;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace H2H.Throttle.Server.Http;

/// <summary>Every unary call of the services that were bound to it, by path.</summary>
/// <remarks>
/// Bound as gRPC binds: <c>Wire.ThrottleService.BindService(methods.Of(descriptor), service)</c>. Streaming calls are
/// left out. Not changed after start.
/// </remarks>
/// <param name="guard">What stands before every gRPC call stands before these, too.</param>
internal sealed class ConnectMethods(Interceptor guard)
{
    private readonly Dictionary<string, ConnectMethod> byPath = new(StringComparer.Ordinal);

    /// <summary>What the protos say of each, in the order in which they were bound.</summary>
    public IEnumerable<MethodDescriptor> All => byPath.Values.Select(static method => method.Declaration);

    public ConnectMethod? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>The path that was meant, for an error's hint; null if none is near.</summary>
    /// <param name="path">With the service or without.</param>
    public string? Near(string path)
    {
        string[] parts = path.Trim('/').Split('/');
        string? call = Nearest.To(parts[^1], All.Select(static method => method.Name).Distinct());
        return call is null
            ? null
            : byPath.Keys.Where(known => known.EndsWith($"/{call}", StringComparison.Ordinal))
                .MinBy(known => known.Contains($"/{parts[0]}/", StringComparison.OrdinalIgnoreCase) ? 0 : 1);
    }

    public ServiceBinderBase Of(ServiceDescriptor service) => new Binder(this, service);

    private sealed class Binder(ConnectMethods methods, ServiceDescriptor service) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        {
            if (handler is not null)
            {
                methods.byPath.Add(method.FullName, new ConnectMethod(
                    service.FindMethodByName(method.Name),
                    async (request, call) => (IMessage)await methods.Invoke((TRequest)request, call, handler)));
            }
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        {
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        {
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        {
        }
    }

    private Task<TResponse> Invoke<TRequest, TResponse>(
        TRequest request, ServerCallContext call, UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        guard.UnaryServerHandler(request, call, handler);
}
