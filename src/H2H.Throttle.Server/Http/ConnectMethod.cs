using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace H2H.Throttle.Server.Http;

/// <summary>A unary call of a gRPC service, ready to be asked by the Connect protocol.</summary>
/// <param name="FullName">As in a gRPC path, without the leading slash: <c>package.Service/Method</c>.</param>
/// <param name="Request">What its request looks like.</param>
/// <param name="Invoke">Makes the call, on the instance that gRPC serves too; throws <see
/// cref="RpcException"/>.</param>
internal sealed record ConnectMethod(
    string FullName, MessageDescriptor Request, Func<IMessage, ServerCallContext, Task<IMessage>> Invoke);
