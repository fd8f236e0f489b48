namespace Grpc.Core;

/// <summary>Messages that are sent one after another. One writer, one write at a time.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the messages written from now on are sent; null for the call's own way.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Done when the message is handed to the transport, which says nothing about its arrival.</summary>
    Task WriteAsync(T message);

    /// <exception cref="NotSupportedException">
    /// The token can be cancelled, and this writer has no way to stop a write that is under way.
    /// </exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException("This writer cannot cancel a write that is under way.")
        : WriteAsync(message);
}
