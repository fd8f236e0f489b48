namespace Grpc.Core;

/// <summary>What a caller wants of one call beside its method and request.</summary>
public readonly struct CallOptions
{
    public CallOptions(
        Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null, ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        (Headers, Deadline, CancellationToken) = (headers, deadline, cancellationToken);
        (WriteOptions, PropagationToken, Credentials) = (writeOptions, propagationToken, credentials);
    }

    /// <summary>Null for none.</summary>
    public Metadata? Headers { get; private init; }

    /// <summary>In UTC; null for none. The server is told, and both ends give the call up at this instant.</summary>
    public DateTime? Deadline { get; private init; }

    public CancellationToken CancellationToken { get; private init; }

    /// <summary>Null for <see cref="WriteOptions.Default"/>.</summary>
    public WriteOptions? WriteOptions { get; private init; }

    /// <summary>From the call that this one serves; null where it serves none.</summary>
    public ContextPropagationToken? PropagationToken { get; private init; }

    /// <summary>Null for those of the channel alone.</summary>
    public CallCredentials? Credentials { get; private init; }

    /// <summary>True to wait for a connection, false to fail at once where there is none.</summary>
    public bool IsWaitForReady { get; private init; }

    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    public CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        this with { PropagationToken = propagationToken };

    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
