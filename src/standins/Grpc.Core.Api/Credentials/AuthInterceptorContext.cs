namespace Grpc.Core;

/// <summary>The call that credentials are wanted for.</summary>
public class AuthInterceptorContext
{
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        (ServiceUrl, MethodName, CancellationToken) = (serviceUrl, methodName, cancellationToken);
    }

    public string ServiceUrl { get; }

    public string MethodName { get; }

    /// <summary>Cancelled when the call that waits is.</summary>
    public CancellationToken CancellationToken { get; }
}
