namespace Grpc.Core;

/// <summary>Credentials that a function adds to each call.</summary>
internal sealed class InterceptorCallCredentials : CallCredentials
{
    private readonly AsyncAuthInterceptor interceptor;

    public InterceptorCallCredentials(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        this.interceptor = interceptor;
    }

    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetAsyncAuthInterceptorCredentials(state, interceptor);
}
