using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.Lists;

/// <summary>The suppression lists, whole and in memory. Safe from any thread.</summary>
/// <remarks>
/// A list stays what it was until a newer copy is whole; then it is the newer copy, at once. Other processes that share
/// the store load it when <see cref="ThrottleEngine.RefreshAsync"/> notices. Throws what <see cref="Throttler"/>
/// throws.
/// </remarks>
public sealed class ListShelf
{
    private readonly IRecordStore records;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly ShelfStore store;

    internal ListShelf(
        IRecordStore records, IJournal journal, IdentityHasher hasher, RequestClock clock, ILogger<ListShelf> log)
    {
        (this.records, this.hasher, this.clock) = (records, hasher, clock);
        store = new ShelfStore(records);
        Loaded = new LoadedLists(records, journal, store, clock, log);
    }

    /// <summary>The same, for somebody whom the journal names.</summary>
    public ListShelf By(Actor actor)
    {
        ListShelf signing = (ListShelf)MemberwiseClone();
        signing.Actor = actor;
        return signing;
    }

    /// <summary>Who changes lists through this; null: not told.</summary>
    internal Actor? Actor { get; private set; }

    /// <summary>What is answered from.</summary>
    internal LoadedLists Loaded { get; }

    /// <summary>Which key the hashes of lists are made with; equal for equal keys.</summary>
    public string KeyId => hasher.Key;

    /// <summary>
    /// The first time loads all lists; when it returns, each is in use. After that it has the lists of other servers
    /// followed in the background.
    /// </summary>
    /// <exception cref="StoreException">The store fails.</exception>
    internal ValueTask FollowAsync(CancellationToken cancellation) => Loaded.FollowAsync(cancellation);

    /// <summary>The lists that are in use, in the order of their names.</summary>
    public ImmutableArray<SuppressionList> List() =>
        [.. Loaded.Current.Lists.Values.OrderBy(static list => list.Entry.Name, StringComparer.Ordinal)
            .Select(SuppressionList.Of)];

    /// <summary>The same, with since when the store has a newer version that this process is still loading.</summary>
    /// <exception cref="StoreException">The store fails.</exception>
    public async ValueTask<ImmutableArray<SuppressionList>> CompareAsync(CancellationToken cancellation)
    {
        ImmutableArray<SuppressionList> here = List();
        (_, ShelfRecord shelf) = await store.LoadAsync(cancellation).ConfigureAwait(false);
        return
        [
            .. from list in here
               let there = shelf.Lists.FirstOrDefault(entry => entry.Name == list.Name)
               let isNewer = there is not null && there.ChangeId != list.ChangeId
               select list with { NewerSince = isNewer ? Instant.FromUnixTimeTicks(there.ChangedAt) : null },
        ];
    }

    /// <exception cref="RequestException">There is none of that name.</exception>
    public SuppressionList Get(string? name) => SuppressionList.Of(Find(name));

    /// <summary>What is on a list, as an import takes it back where the key is the same, in pieces.</summary>
    /// <exception cref="RequestException">There is none of that name.</exception>
    public (SuppressionList List, IEnumerable<ImmutableArray<ulong>> Hashes) Export(string? name)
    {
        LoadedList list = Find(name);
        return list.Set is { } set
            ? (SuppressionList.Of(list), PiecesOf(set))
            : throw new StoreException(StoreFailure.Damaged, "A suppression list cannot be read from the store.");
    }

    /// <summary>What the lists of a policy say of the address of a contact that is asked for.</summary>
    /// <param name="policy">In force.</param>
    /// <param name="traits">Of the contact, with the hash of its address.</param>
    /// <param name="address">As the caller wrote it.</param>
    /// <returns>Without lists that are not loaded. Default: the address is none that could be on a list.</returns>
    /// <exception cref="StoreException">One of the lists is there, and cannot be read.</exception>
    internal ImmutableArray<ListStanding> StandingsOf(Policy policy, ContactTraits traits, string? address)
    {
        LoadedShelf now = Loaded.Current;
        foreach (string name in policy.Lists)
        {
            if (now.Find(name) is { Set: null })
            {
                throw new StoreException(
                    StoreFailure.Damaged, $"The suppression list {name} cannot be read from the store.");
            }
        }

        return policy.Lists.IsEmpty
            || string.IsNullOrEmpty(address)
            || !AddressForm.IsPartOfPhone(AddressForm.Of(address))
            ? StandingsOf(policy, traits, now, policy.Mailboxes.IsEmpty || string.IsNullOrEmpty(address)
                ? null
                : hasher.AddressBits(address))
            : default;
    }

    /// <summary>The same of a contact that was made: what cannot be read says nothing.</summary>
    internal ImmutableArray<ListStanding> StandingsOf(Policy policy, ContactTraits traits) =>
        StandingsOf(policy, traits, Loaded.Current, null);

    /// <param name="policy">In force.</param>
    /// <param name="traits">Of the contact.</param>
    /// <param name="now">The lists.</param>
    /// <param name="asWritten">
    /// The address before the policy took it for another spelling of a mailbox: lists may have either. Null: the same.
    /// </param>
    private static ImmutableArray<ListStanding> StandingsOf(
        Policy policy, ContactTraits traits, LoadedShelf now, ulong? asWritten)
    {
        if (policy.Lists.IsEmpty || traits.Address is null)
        {
            return [];
        }

        ulong hash = IdentityHasher.BitsOf(traits.Address);
        ImmutableArray<ListStanding>.Builder standings =
            ImmutableArray.CreateBuilder<ListStanding>(policy.Lists.Length);
        foreach (string name in policy.Lists)
        {
            if (now.Find(name) is { Set: { } set } list)
            {
                Instant asOf = Instant.FromUnixTimeTicks(list.Entry.AsOf);
                standings.Add(new ListStanding(
                    name, asOf, set.Contains(hash) || (asWritten is { } written && set.Contains(written))));
            }
        }

        return standings.DrainToImmutable();
    }

    /// <summary>Begins an import, or goes on with one that was broken off.</summary>
    /// <param name="draft">What it is about.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<ListImport> ImportAsync(ImportDraft draft, CancellationToken cancellation)
    {
        ImportPlan plan = ImportPlan.Read(draft, hasher, clock);
        await Loaded.SweepAsync(cancellation).ConfigureAwait(false);
        return await ListImport.BeginAsync(plan, this, records, store, hasher, clock, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>How far an import has come. Of one never heard of: nothing.</summary>
    public async ValueTask<ImportProgress> ProgressAsync(
        string? list, string? importId, CancellationToken cancellation)
    {
        string layer = ImportPlan.LayerOf(list, importId, hasher);
        Record record = await records.LoadAsync(LayerRecord.KeyOf(layer), cancellation).ConfigureAwait(false);
        (_, ShelfRecord shelf) = await store.LoadAsync(cancellation).ConfigureAwait(false);
        return record.Exists && !shelf.Leftovers.Contains(layer)
            ? ImportProgress.Of(LayerRecord.Read(record.Value.Span), shelf.IsInForce(layer))
            : ImportProgress.Nothing;
    }

    /// <summary>Takes a list away. Rules that ask for it deny from then on.</summary>
    /// <exception cref="RequestException">There is none of that name.</exception>
    public async ValueTask RemoveAsync(string? name, CancellationToken cancellation)
    {
        ListEntry removed = Find(name).Entry with
        {
            ChangedAt = clock.Now.ToUnixTimeTicks(),
            ChangeId = Guid.CreateVersion7().ToString("N"),
            ChangedBy = Signatory.Of(Actor),
            Layers = [],
        };
        await store.ChangeAsync(
            shelf => shelf.Find(removed.Name) is { } found
                ? shelf.With(removed) with { Leftovers = shelf.Leftovers.AddRange(found.Layers) }
                : shelf,
            cancellation).ConfigureAwait(false);
        await Loaded.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        await Loaded.TrySweepAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private LoadedList Find(string? name)
    {
        Problems problems = new();
        ImportPlan.CheckList(name, problems);
        problems.ThrowIfAny();
        return Loaded.Current.Find(name!) ?? throw new RequestException(
            ProblemReason.ListUnknown, "list", $"There is no suppression list {name}.");
    }

    private static IEnumerable<ImmutableArray<ulong>> PiecesOf(AddressSet set)
    {
        for (int start = 0; start < set.Count; start += SegmentFormat.EntriesMax)
        {
            int length = int.Min(SegmentFormat.EntriesMax, set.Count - start);
            yield return [.. set.Entries.Slice(start, length)];
        }
    }
}
