using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.Lists;

/// <summary>The lists in memory, and how they become others. Safe from any thread.</summary>
internal sealed class LoadedLists(
    IRecordStore records, IJournal journal, ShelfStore store, RequestClock clock, ILogger<ListShelf> log)
{
    private const int SwitchTriesMax = 16;
    private const int LoadTriesMax = 8;

    private readonly LayerLoader loader = new(records);
    private readonly ListSweeper sweeper = new(records, store);
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile LoadedShelf loaded = LoadedShelf.Nothing;
    private Task following = Task.CompletedTask;

    public LoadedShelf Current => loaded;

    /// <summary>
    /// The first time the same as <see cref="RefreshAsync"/>; after that it has it done in the background. Not to be
    /// called by two at once.
    /// </summary>
    public async ValueTask FollowAsync(CancellationToken cancellation)
    {
        if (loaded.Version is null)
        {
            await RefreshAsync(cancellation).ConfigureAwait(false);
            following = TrySweepAsync(CancellationToken.None).AsTask();
        }
        else if (following.IsCompleted)
        {
            following = TryRefreshAsync();
        }
    }

    /// <summary>Makes the lists here like the shelf's record, if they are not.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            for (int tries = 1; !await TryRefreshAsync(tries == LoadTriesMax, cancellation).ConfigureAwait(false);)
            {
                tries++;
            }
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Clears away what is left of older lists, and imports that nobody went on with.</summary>
    public ValueTask SweepAsync(CancellationToken cancellation) => sweeper.SweepAsync(clock.Now, cancellation);

    /// <summary>The same, if the store lets it.</summary>
    public async ValueTask TrySweepAsync(CancellationToken cancellation)
    {
        try
        {
            await SweepAsync(cancellation).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            log.NotSwept(error);
        }
        catch (ObjectDisposedException)
        {
            // The store was closed in the meantime; what is left is cleared away at the next start.
        }
    }

    /// <summary>Makes a finished import the list, or a part of it.</summary>
    /// <param name="layer">What it brought, all of it stored.</param>
    /// <param name="end">What its sender says at the end.</param>
    /// <param name="actor">Who that is; null: not told.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask SwitchAsync(
        LayerRecord layer, ImportEnd end, Actor? actor, CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            bool isDone = false;
            for (int tries = 0; !isDone; tries++)
            {
                isDone = tries < SwitchTriesMax
                    ? await TrySwitchAsync(layer, end, actor, cancellation).ConfigureAwait(false)
                    : throw ShelfStore.Contended();
            }
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task TryRefreshAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            log.NotFollowed(error);
        }
        catch (ObjectDisposedException)
        {
            // The store was closed in the meantime: there is nothing to follow any more.
        }
    }

    private async ValueTask<bool> TrySwitchAsync(
        LayerRecord layer, ImportEnd end, Actor? actor, CancellationToken cancellation)
    {
        (RecordVersion version, ShelfRecord shelf) = await store.LoadAsync(cancellation).ConfigureAwait(false);
        if (shelf.IsInForce(layer.Id))
        {
            return true;
        }

        ListEntry next = ListSwitch.Next(shelf, layer, end, actor, clock.Now);
        if (await loader.LoadAsync(next.Layers, loaded.Find(layer.List), cancellation)
            .ConfigureAwait(false) is not { } set)
        {
            return false;
        }

        ListSwitch.RequireEntries(layer, set, end);
        next = next with { Entries = set.Count };
        if (!await store.TrySaveAsync(version, ListSwitch.Apply(shelf, next, layer.Id), cancellation)
            .ConfigureAwait(false))
        {
            return false;
        }

        // It is switched; a caller who gives up now must not keep it from being known here and in the journal.
        loaded = loaded.With(new LoadedList(next, set));
        log.Switched(next.Name, next.Entries);
        await journal.AppendAsync([ListFacts.Of(next)], CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <returns>False: something was gone that the shelf's record named; it is to be read anew.</returns>
    private async ValueTask<bool> TryRefreshAsync(bool isLast, CancellationToken cancellation)
    {
        (RecordVersion version, ShelfRecord shelf) = await store.LoadAsync(cancellation).ConfigureAwait(false);
        if (loaded.Version == version)
        {
            return true;
        }

        foreach (ListEntry list in shelf.Lists)
        {
            if (!list.IsRemoved && !await TryLoadAsync(list, isLast, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        JournalFact[] facts = [.. shelf.Lists.Select(ListFacts.Of)];
        if (facts.Length > 0)
        {
            await journal.AppendAsync(facts, cancellation).ConfigureAwait(false);
        }

        IEnumerable<string> names = shelf.Lists.Where(static list => !list.IsRemoved).Select(static list => list.Name);
        loaded = loaded.Only(names) with { Version = version };
        return true;
    }

    private async ValueTask<bool> TryLoadAsync(ListEntry list, bool isLast, CancellationToken cancellation)
    {
        LoadedList? known = loaded.Find(list.Name);
        if (known?.Entry.ChangeId == list.ChangeId && known.Set is not null)
        {
            return true;
        }

        AddressSet? set = null;
        bool isDamaged = isLast;
        try
        {
            set = await loader.LoadAsync(list.Layers, known, cancellation).ConfigureAwait(false);
        }
        catch (StoreException damage) when (damage.Failure is StoreFailure.Damaged or StoreFailure.Newer)
        {
            isDamaged = true;
        }

        if (set is not null)
        {
            loaded = loaded.With(new LoadedList(list, set));
            log.Switched(list.Name, set.Count);
            return true;
        }

        if (isDamaged)
        {
            // An older copy that is whole stays in use: it gets too old in the eyes of the rules, but not in silence.
            log.Unreadable(list.Name);
            loaded = known is { Set: not null } ? loaded : loaded.With(new LoadedList(list, null));
        }

        return isDamaged;
    }
}
