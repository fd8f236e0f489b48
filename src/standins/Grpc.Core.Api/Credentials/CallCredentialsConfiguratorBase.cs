namespace Grpc.Core;

/// <summary>How a transport learns which kind of call credentials it was given.</summary>
/// <remarks>The state is the transport's own.</remarks>
public abstract class CallCredentialsConfiguratorBase
{
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);

    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);
}
