using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Lets <c>await foreach</c> read a stream.</summary>
public static class AsyncStreamReaderExtensions
{
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return Read(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> Read<T>(
        IAsyncStreamReader<T> streamReader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await streamReader.MoveNext(cancellation).ConfigureAwait(false))
        {
            yield return streamReader.Current;
        }
    }
}
