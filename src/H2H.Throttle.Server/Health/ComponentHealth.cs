using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Server.Health;

/// <summary>Looks what serves and what does not, and tells <see cref="HealthService"/>.</summary>
internal sealed class ComponentHealth(ThrottleEngine engine, HealthService health)
{
    private const int FailuresMax = 2;   // one look that fails may be bad luck
    private int journalFailures;

    /// <summary>To be called by one at a time.</summary>
    /// <param name="isStoreUp">Whether the store answers.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task TellAsync(bool isStoreUp, CancellationToken cancellation)
    {
        health.Tell(HealthService.Policy, engine.IsReady);
        health.Tell(HealthService.Lists, engine.IsReady && AreListsThere());
        bool isJournalThere = await IsJournalThereAsync(cancellation);
        journalFailures = isJournalThere ? 0 : journalFailures + 1;
        health.Tell(
            HealthService.Journal,
            isJournalThere || (health.IsUp(HealthService.Journal) && journalFailures < FailuresMax));
        health.Tell(HealthService.Store, isStoreUp);
    }

    private bool AreListsThere()
    {
        string[] readable =
        [
            .. engine.Lists.List().Where(static list => list.IsReadable).Select(static list => list.Name),
        ];
        try
        {
            return engine.Policies.Current.Policy.Lists.All(readable.Contains);
        }
        catch (StoreException)
        {
            return false;   // the policy was lost in between
        }
    }

    private async Task<bool> IsJournalThereAsync(CancellationToken cancellation)
    {
        try
        {
            await engine.LookAtJournalAsync(cancellation);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
