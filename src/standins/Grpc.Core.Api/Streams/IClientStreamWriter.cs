namespace Grpc.Core;

/// <summary>The requests of a call, and their end.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no further request will come. Nothing may be written after.</summary>
    Task CompleteAsync();
}
