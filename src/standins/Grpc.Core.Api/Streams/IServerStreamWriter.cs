namespace Grpc.Core;

/// <summary>The responses of a call. They end when the service's method returns.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
