namespace Grpc.Core;

/// <summary>What proves, call by call, who is calling.</summary>
public abstract class CallCredentials
{
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCallCredentials(interceptor);

    /// <summary>All of them, applied in order.</summary>
    public static CallCredentials Compose(params CallCredentials[] credentials) =>
        new CompositeCallCredentials(credentials);

    /// <summary>Tells a transport which kind of credentials these are, and what they hold.</summary>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
