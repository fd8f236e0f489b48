using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>One stream of questions to a server, and of its answers.</summary>
internal interface IVerdictStream : IDisposable
{
    /// <summary>Asks; waits while the server has enough to do.</summary>
    Task WriteAsync(IReadOnlyList<AudienceLine> lines, CancellationToken cancellation);

    /// <summary>All is asked.</summary>
    Task CompleteAsync();

    /// <summary>The next answers; null: all is answered.</summary>
    /// <exception cref="ThrottleException">The stream broke.</exception>
    Task<IReadOnlyList<LineAnswer>?> ReadAsync(CancellationToken cancellation);
}
