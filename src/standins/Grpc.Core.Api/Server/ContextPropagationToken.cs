namespace Grpc.Core;

/// <summary>Ties a call to the one that it is made for. Opaque: each server has its own kind.</summary>
public abstract class ContextPropagationToken;
