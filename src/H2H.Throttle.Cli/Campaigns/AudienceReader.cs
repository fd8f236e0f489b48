using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>
/// Reads an audience ahead of who asks about it, so that lines which come slowly are asked about as they come. For one
/// taker.
/// </summary>
internal sealed class AudienceReader
{
    private const int AheadMax = 2000;

    private readonly Channel<AudienceLine> ahead = Channel.CreateBounded<AudienceLine>(
        new BoundedChannelOptions(AheadMax) { SingleReader = true, SingleWriter = true });

    /// <param name="lines">Of the audience. Waiting for one cannot be ended if it is standard input.</param>
    /// <param name="cancellation">Ends the reading with the next line.</param>
    public AudienceReader(IEnumerable<AudienceLine> lines, CancellationToken cancellation) =>
        _ = Task.Run(() => ReadAsync(lines, cancellation), cancellation)
            .ContinueWith(End, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Waits for a line; false: there are no more.</summary>
    /// <exception cref="Exception">Whatever reading threw, after all that was read before.</exception>
    public ValueTask<bool> AnyAsync(CancellationToken cancellation) => ahead.Reader.WaitToReadAsync(cancellation);

    /// <summary>The next line, if it has come.</summary>
    public bool TryTake([NotNullWhen(true)] out AudienceLine? line) => ahead.Reader.TryRead(out line);

    private async Task ReadAsync(IEnumerable<AudienceLine> lines, CancellationToken cancellation)
    {
        foreach (AudienceLine line in lines)
        {
            await ahead.Writer.WriteAsync(line, cancellation);
        }
    }

    private void End(Task reading) => ahead.Writer.Complete(reading switch
    {
        { IsCanceled: true } => new OperationCanceledException(),
        { Exception.InnerException: IOException failure } =>
            new UnusableException($"The audience cannot be read to its end: {failure.Message}", failure),
        _ => reading.Exception?.InnerException,
    });
}
