namespace Grpc.Core;

/// <summary>How a channel, or one connection of it, is doing.</summary>
/// <remarks>Source: the gRPC project's document "gRPC Connectivity Semantics and API".</remarks>
public enum ConnectivityState
{
    Idle = 0,
    Connecting = 1,
    Ready = 2,
    TransientFailure = 3,
    Shutdown = 4,
}
