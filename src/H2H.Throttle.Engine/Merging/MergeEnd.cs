using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>
/// Ends a change of who is who that was begun, here or by a server that died: makes it hold if it has come far enough,
/// and calls it off otherwise. Doing it twice does nothing more.
/// </summary>
internal sealed class MergeEnd(PersonStore people, PoolStore pools, PolicyShelf policies)
{
    private Policy Policy => policies.Current.Policy;

    public async ValueTask EndAsync(PendingChange change, CancellationToken cancellation)
    {
        if (change.Kind is PendingKind.Erase)
        {
            await EraseAsync(change, cancellation).ConfigureAwait(false);
        }
        else
        {
            await EndMergeAsync(change, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask EndMergeAsync(PendingChange change, CancellationToken cancellation)
    {
        PersonRecord source = await people.LookAsync(change.SourceKey, cancellation).ConfigureAwait(false);
        PersonRecord target = await people.LookAsync(change.TargetKey, cancellation).ConfigureAwait(false);
        await people.SettleAsync([source, target], cancellation).ConfigureAwait(false);
        await people.StepAsync(
            change.TargetKey,
            Policy,
            record => Settler.CallOff(record, change.SourceKey, change.Id),
            cancellation).ConfigureAwait(false);

        // The source may have been closed between the look and the calling off.
        source = await people.LookAsync(change.SourceKey, cancellation).ConfigureAwait(false);
        await people.SettleAsync([source], cancellation).ConfigureAwait(false);
    }

    /// <summary>Forgets the person, then what their other names hold, then that they were theirs.</summary>
    /// <returns>What was erased.</returns>
    public async ValueTask<Erasure> EraseAsync(PendingChange change, CancellationToken cancellation)
    {
        Instant now = Instant.FromUnixTimeTicks(change.At);
        PersonRecord before = PersonRecord.Unknown;
        PersonRecord erased = await people.StepAsync(change.TargetKey, Policy, Erase, cancellation)
            .ConfigureAwait(false);
        PersonRecord rest = Erasing.Rest(before, change.Suppression, now);
        foreach (Alias alias in before.Aliases)
        {
            await people.StepAsync(
                alias.Key, Policy, name => IsNameOf(name, erased) ? rest : null, cancellation).ConfigureAwait(false);
        }

        foreach (Membership place in Membership.Of(before.Person))
        {
            await pools.ChangeAsync(place.Pool, now, pool => Without(pool, erased.Key), cancellation)
                .ConfigureAwait(false);
        }

        await people.StepAsync(
            change.TargetKey,
            Policy,
            record => record.Aliases.IsEmpty && record.Person.Pools.IsEmpty
                ? null
                : record with
                {
                    Aliases = [],
                    Person = record.Person with { Pools = Core.People.Person.Unknown.Pools },
                },
            cancellation).ConfigureAwait(false);
        return new Erasure(before.Aliases.Length, before.Person.Ledger.Contacts.Length);

        // Names and pools are kept until all of them are done, so that whoever has to go on knows them.
        PersonRecord? Erase(PersonRecord record)
        {
            before = record;
            PersonRecord bare = Erasing.Rest(record, change.Suppression, now);
            return record.Moved is not null || record.Erasure == change.Id ? null : bare with
            {
                Erasure = change.Id,
                Aliases = [.. record.Aliases.Select(static alias => alias.Bare())],
                Person = bare.Person with { Pools = record.Person.Pools },
                Outbox = [MergeFacts.OfErasure(change, now)],
            };
        }
    }

    private static bool IsNameOf(PersonRecord name, PersonRecord person) =>
        name.Moved is { } moved && (moved.To == person.Key || person.AliasOf(moved.To) is not null);

    private static PoolRecord? Without(PoolRecord pool, PersonKey person) =>
        pool.Members.Contains(person) || pool.Claims.Any(claim => claim.Person == person)
            ? pool with
            {
                Members = pool.Members.Remove(person),
                Claims = pool.Claims.RemoveAll(claim => claim.Person == person),
            }
            : null;
}
