namespace Grpc.Core;

/// <summary>Which end of a call sends one message, and which any number.</summary>
public enum MethodType
{
    Unary = 0,
    ClientStreaming = 1,
    ServerStreaming = 2,
    DuplexStreaming = 3,
}
