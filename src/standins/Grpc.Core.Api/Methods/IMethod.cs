namespace Grpc.Core;

/// <summary>A method of a service, whatever its messages are.</summary>
public interface IMethod
{
    MethodType Type { get; }

    /// <summary>The service with its package: <c>grpc.health.v1.Health</c>.</summary>
    string ServiceName { get; }

    string Name { get; }

    /// <summary>The path of the request: a slash, the service, a slash, the method.</summary>
    string FullName { get; }
}
