using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>Sees what people in pools have had together.</summary>
internal sealed class PoolViews(PoolStore pools, PersonStore people)
{
    private const int SettleTriesMax = 16;

    /// <param name="person">Who asks.</param>
    /// <param name="memberships">Pools the person is in.</param>
    /// <param name="policy">In force.</param>
    /// <param name="now">When it is asked.</param>
    /// <param name="endsClaims">
    /// Whether claims past their time are ended for certain, which takes a save; otherwise they just do not count.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<PoolView> SeeAsync(
        PersonKey person,
        ImmutableArray<Membership> memberships,
        Policy policy,
        Instant now,
        bool endsClaims,
        CancellationToken cancellation)
    {
        StoredPool[] stored = await Task.WhenAll(memberships.Select(membership =>
            pools.LoadAsync(membership.Pool, cancellation).AsTask())).ConfigureAwait(false);
        Dictionary<PersonKey, SeenPerson> everyone = await SeeAsync(
            stored.SelectMany(PeopleOf).Append(person), cancellation).ConfigureAwait(false);
        if (endsClaims)
        {
            await EndClaimsAsync(person, stored, everyone, policy, now, cancellation).ConfigureAwait(false);
        }

        return new PoolView(
            everyone[person],
            [
                .. memberships.Zip(stored).Select(pair =>
                    Gather(person, pair.First.Kind, pair.Second, everyone, now, endsClaims)),
            ]);
    }

    /// <summary>Everyone who is in a pool for certain.</summary>
    public async ValueTask<ImmutableArray<Person>> MembersAsync(
        Membership membership, CancellationToken cancellation)
    {
        StoredPool stored = await pools.LoadAsync(membership.Pool, cancellation).ConfigureAwait(false);
        Dictionary<PersonKey, SeenPerson> everyone =
            await SeeAsync(stored.Record.Members, cancellation).ConfigureAwait(false);
        return
        [
            .. everyone.Values
                .Select(static seen => seen.Record.Person)
                .Where(person => IsIn(person, membership.Kind, membership.Pool)),
        ];
    }

    private static IEnumerable<PersonKey> PeopleOf(StoredPool pool) =>
        pool.Record.Members.Concat(pool.Record.Claims.Select(static claim => claim.Person));

    private static bool IsIn(Person person, string kind, PoolKey pool) =>
        person.Pools.TryGetValue(kind, out Pool? own) && own.Key == pool.Text;

    /// <summary>
    /// Those of whom all was seen with another too, because they were joined between the two looks.
    /// </summary>
    private static HashSet<PersonKey> JoinedAmong(Dictionary<PersonKey, SeenPerson> everyone) =>
        everyone.Values.SelectMany(static person => person.Record.Aliases)
            .Where(static alias => alias.State is AliasState.Joined)
            .Select(static alias => alias.Key)
            .ToHashSet();

    private static bool IsOpen(PoolClaim claim, Dictionary<PersonKey, SeenPerson> everyone) =>
        everyone[claim.Person].Known.Record.Version == claim.Seen;

    private static SeenPool Gather(
        PersonKey person,
        string kind,
        StoredPool pool,
        Dictionary<PersonKey, SeenPerson> everyone,
        Instant now,
        bool countsLate)
    {
        ImmutableArray<PoolClaim> open = pool.Record.Claims.RemoveAll(claim =>
            !IsOpen(claim, everyone) || (!countsLate && now >= claim.Until));
        HashSet<PersonKey> joined = JoinedAmong(everyone);
        IEnumerable<LedgerContact> had = pool.Record.Members
            .Where(member => member != person
                && IsIn(everyone[member].Record.Person, kind, pool.Key)
                && !joined.Contains(member))
            .SelectMany(member => everyone[member].Record.Person.Ledger.Contacts);
        IEnumerable<LedgerContact> coming =
            open.Where(claim => claim.Person != person).Select(static claim => claim.Contact);
        return new SeenPool(kind, pool, open, PoolLedger.Of(had.Concat(coming)));
    }

    private async ValueTask<Dictionary<PersonKey, SeenPerson>> SeeAsync(
        IEnumerable<PersonKey> someone, CancellationToken cancellation)
    {
        PersonKey[] keys = [.. someone.Distinct()];
        for (int tries = 0; tries < SettleTriesMax; tries++)
        {
            KnownPerson[] known = await Task.WhenAll(keys.Select(key => people.SeeAsync(key, cancellation).AsTask()))
                .ConfigureAwait(false);
            Dictionary<PersonKey, SeenPerson> seen = keys.Zip(known, Decode)
                .ToDictionary(static person => person.Record.Key);
            if (!await people.SettleAsync(seen.Values.Select(static person => person.Record), cancellation)
                .ConfigureAwait(false))
            {
                return seen;
            }
        }

        throw PoolStore.Contended();
    }

    private static SeenPerson Decode(PersonKey person, KnownPerson known) =>
        new(known, PersonStore.Decode(Trail.To(person), known));

    /// <summary>
    /// Ends the claims of others that are past their time: their saves can no longer succeed once the record has been
    /// saved by somebody else, be it unchanged.
    /// </summary>
    private async ValueTask EndClaimsAsync(
        PersonKey person,
        StoredPool[] stored,
        Dictionary<PersonKey, SeenPerson> everyone,
        Policy policy,
        Instant now,
        CancellationToken cancellation)
    {
        foreach (PoolClaim claim in stored.SelectMany(static pool => pool.Record.Claims))
        {
            if (claim.Person != person && now >= claim.Until && IsOpen(claim, everyone))
            {
                KnownPerson after = await people
                    .TouchAsync(claim.Person, everyone[claim.Person].Known, policy, now, cancellation)
                    .ConfigureAwait(false);
                everyone[claim.Person] = Decode(claim.Person, after);
            }
        }
    }
}
