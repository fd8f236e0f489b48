using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace H2H.Throttle.Server.Http;

/// <summary>A unary call of a gRPC service, ready to be asked by the Connect protocol.</summary>
/// <param name="Declaration">What the proto says of it.</param>
/// <param name="Invoke">Makes the call, on the instance that gRPC serves too; throws <see
/// cref="RpcException"/>.</param>
internal sealed record ConnectMethod(
    MethodDescriptor Declaration, Func<IMessage, ServerCallContext, Task<IMessage>> Invoke)
{
    /// <summary>As in a gRPC path, without the leading slash: <c>package.Service/Method</c>.</summary>
    public string FullName { get; } = $"{Declaration.Service.FullName}/{Declaration.Name}";

    /// <summary>What its request looks like.</summary>
    public MessageDescriptor Request => Declaration.InputType;
}
