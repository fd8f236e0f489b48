using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>The pasts that a backup holds.</summary>
/// <param name="content">The backup.</param>
/// <param name="now">What has expired by then is left out.</param>
public sealed class ArchivedPast(IContent content, Instant now) : IPastSource
{
    public async IAsyncEnumerable<KeptRecord> ListAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (KeptRecord kept in content.ListAsync(cancellation).ConfigureAwait(false))
        {
            if (kept.Key.Kind == kind && !(kept.Expires <= now))
            {
                yield return kept;
            }
        }
    }
}
