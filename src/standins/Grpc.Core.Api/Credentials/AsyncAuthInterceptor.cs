namespace Grpc.Core;

/// <summary>Adds to the headers of one call what proves who is calling. The call waits for it.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
