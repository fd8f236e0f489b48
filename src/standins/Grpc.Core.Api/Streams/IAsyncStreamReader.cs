namespace Grpc.Core;

/// <summary>Messages that arrive one after another. One reader, one <see cref="MoveNext"/> at a time.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>What the last <see cref="MoveNext"/> found. Undefined before the first and after the end.</summary>
    T Current { get; }

    /// <summary>True when another message has come, false when the stream has ended well.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
