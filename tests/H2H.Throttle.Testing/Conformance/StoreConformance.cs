using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>What the suites of both ports share: a fresh store for every test.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    private ITrialStore? trial;

    protected ITrialStore Trial => trial ?? throw new InvalidOperationException("The store has not been started.");

    protected IRecordStore Records => Trial.Records;

    protected IJournal Journal => Trial.Journal;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => trial = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (trial is not null)
        {
            await trial.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A new, empty store.</summary>
    protected abstract ValueTask<ITrialStore> StartAsync();
}
