using System.Runtime.CompilerServices;

namespace H2H.Throttle.Engine.Journals;

/// <summary>Follows the chain of a whole journal, wherever it is.</summary>
public static class ChainVerification
{
    /// <param name="entries">The journal, from its first entry on.</param>
    /// <param name="written">An entry that was written down before; null: none was.</param>
    /// <param name="countAsync">About how many there are.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Now and then, and at the end, how far it is.</returns>
    public static async IAsyncEnumerable<ChainProgress> RunAsync(
        IAsyncEnumerable<JournalEntry> entries,
        JournalMark? written,
        Func<CancellationToken, ValueTask<long>> countAsync,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        long count = await countAsync(cancellation).ConfigureAwait(false);
        ChainCheck check = new(written);
        await foreach (JournalEntry entry in entries.WithCancellation(cancellation).ConfigureAwait(false))
        {
            check.Add(entry);
            if (check.Faults.Count >= JournalDesk.FaultsMax)
            {
                break;
            }

            if (check.Entries % JournalDesk.VerifiedStep == 0)
            {
                yield return ProgressOf(check, count, isDone: false);
            }
        }

        check.End();
        yield return ProgressOf(check, count, isDone: true);
    }

    private static ChainProgress ProgressOf(ChainCheck check, long count, bool isDone) => new(
        check.Entries,
        Math.Max(count, check.Entries),
        isDone,
        check.Head,
        [.. check.Faults.OrderBy(static fault => fault.Position).Take(JournalDesk.FaultsMax)]);
}
