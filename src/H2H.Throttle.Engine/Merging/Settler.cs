using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Finds where somebody is kept who has moved, and ends joins and partings that were broken off.</summary>
/// <remarks>
/// A join is one save after another, each a compare-and-set: the target expects the source (<see
/// cref="AliasState.Coming"/>); the source is closed, with all that it holds (<see cref="Moved"/>); the target takes
/// that in, once; the source points to it. Whoever comes upon a source that is closed goes on from there, so nobody
/// decides for the person until it is done, and a process that dies leaves nothing undone. The join holds from the
/// moment at which the target has taken everything in. A parting goes the other way. In pools the target takes the
/// source's place before it takes in anything, and the pool's record is saved again before the source points to it, so
/// that nobody is let through who saw neither.
/// </remarks>
internal sealed class Settler(
    PersonStore people, PoolStore pools, PolicyShelf policies, RequestClock clock, ILogger<PersonStore> log)
{
    private Policy Policy => policies.Current.Policy;

    /// <summary>Where to look next for a person who is not kept in a record, or not by that name.</summary>
    public async ValueTask<Trail> FollowAsync(PersonRecord record, CancellationToken cancellation)
    {
        if (record.Moved is { IsDone: true } moved)
        {
            await ForgetAsync(record.Key, moved, cancellation).ConfigureAwait(false);
            return new Trail(record.Via, moved.To);
        }

        await SettleAsync(record, cancellation).ConfigureAwait(false);
        return Trail.To(record.Via);
    }

    /// <summary>Ends what was begun with any of these. False: there was nothing.</summary>
    public async ValueTask<bool> SettleAsync(IEnumerable<PersonRecord> seen, CancellationToken cancellation)
    {
        bool hasSettled = false;
        foreach (PersonRecord record in seen)
        {
            hasSettled |= await SettleAsync(record, cancellation).ConfigureAwait(false);
        }

        return hasSettled;
    }

    /// <summary>Ends what was begun with this one. False: there was nothing.</summary>
    private async ValueTask<bool> SettleAsync(PersonRecord record, CancellationToken cancellation)
    {
        if (record.Moved is { IsDone: false } moved)
        {
            await JoinAsync(record.Key, moved, cancellation).ConfigureAwait(false);
            return true;
        }

        Alias? leaving = record.Aliases.FirstOrDefault(static alias => alias.State is AliasState.Leaving);
        if (leaving is not null)
        {
            await PartAsync(record.Key, leaving, cancellation).ConfigureAwait(false);
        }

        return leaving is not null;
    }

    private async ValueTask JoinAsync(PersonKey source, Moved moved, CancellationToken cancellation)
    {
        PersonRecord content = Contents.Read(source, moved.Content);
        ImmutableArray<Membership> places = Membership.Of(content.Person);
        foreach (Membership place in places)
        {
            await pools.ChangeAsync(
                place.Pool, clock.Now, pool => With(pool, moved.To), cancellation).ConfigureAwait(false);
        }

        PersonRecord target = await people.StepAsync(
            moved.To,
            Policy,
            record => Expects(record, source, moved)
                ? Joining.Of(record, content, moved, Policy, log)
                : CallOff(record, source, moved.Merge),   // for good, so that all who help see the same
            cancellation).ConfigureAwait(false);
        bool isJoined = HasTaken(target, source, moved);
        foreach (Membership place in places)
        {
            await pools.ChangeAsync(
                place.Pool,
                clock.Now,
                pool => Without(pool, target, isJoined ? source : target.Key, place),
                cancellation).ConfigureAwait(false);
        }

        await people.StepAsync(
            source,
            Policy,
            record => !IsAt(record, moved) ? null
                : isJoined ? record with { Moved = moved with { IsDone = true, By = null } }
                : Contents.Read(source, record.Moved!.Content),   // nobody expects it any more: it was called off
            cancellation).ConfigureAwait(false);
    }

    private async ValueTask PartAsync(PersonKey target, Alias leaving, CancellationToken cancellation)
    {
        PersonRecord parting = Contents.Read(leaving.Key, leaving.Parting);
        await people.StepAsync(
            leaving.Key,
            Policy,
            record => record.Moved is { } moved && moved.Merge == leaving.Merge ? parting : null,
            cancellation).ConfigureAwait(false);
        foreach (Membership place in Membership.Of(parting.Person))
        {
            await pools.ChangeAsync(
                place.Pool, clock.Now, pool => pool with { Members = pool.Members.Add(leaving.Key) }, cancellation)
                .ConfigureAwait(false);
        }

        await people.StepAsync(
            target,
            Policy,
            record => record.AliasOf(leaving.Key) is { State: AliasState.Leaving } alias
                    && alias.Merge == leaving.Merge
                ? record with { Aliases = record.Aliases.Remove(alias) }
                : null,
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Drops what undoing a join would need, once it is too late for that.</summary>
    private async ValueTask ForgetAsync(PersonKey person, Moved moved, CancellationToken cancellation)
    {
        if (moved.Content.IsEmpty || clock.BelievesCallers || clock.Now - moved.At <= Alias.UndoKept)
        {
            return;
        }

        await people.StepAsync(
            person,
            Policy,
            record => record.Moved is { IsDone: true, Content.IsEmpty: false } done && done.Merge == moved.Merge
                ? record with { Moved = done with { Content = default } }
                : null,
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The record without the expectation of that join, wherever it is; null: there is none.</summary>
    /// <remarks>
    /// Of a record that has moved it is among what it held: that may come back, and must not expect anybody then of
    /// whom others know that they were not taken in.
    /// </remarks>
    public static PersonRecord? CallOff(PersonRecord target, PersonKey source, string merge)
    {
        PersonRecord open = target.Moved is { } on ? Contents.Read(target.Key, on.Content) : target;
        if (open.AliasOf(source) is not { State: AliasState.Coming } coming || coming.Merge != merge)
        {
            return null;
        }

        open = open with { Aliases = open.Aliases.Remove(coming) };
        return target.Moved is { } moved
            ? target with { Moved = moved with { Content = Contents.Write(open) } }
            : open;
    }

    private static bool Expects(PersonRecord target, PersonKey source, Moved moved) =>
        target.Moved is null
        && target.AliasOf(source) is { State: AliasState.Coming } alias
        && alias.Merge == moved.Merge;

    private static bool HasTaken(PersonRecord target, PersonKey source, Moved moved)
    {
        PersonRecord then = target.Moved is { } on ? Contents.Read(target.Key, on.Content) : target;
        return then.AliasOf(source) is { State: not AliasState.Coming } alias && alias.Merge == moved.Merge;
    }

    private static bool IsAt(PersonRecord record, Moved moved) =>
        record.Moved is { IsDone: false } now && now.Merge == moved.Merge;

    private static PoolRecord? With(PoolRecord pool, PersonKey person) =>
        pool.Members.Contains(person) ? null : pool with { Members = pool.Members.Add(person) };

    private static PoolRecord? Without(PoolRecord pool, PersonRecord target, PersonKey other, Membership place)
    {
        bool isIn = Membership.Of(target.Person).Contains(place);
        ImmutableSortedSet<PersonKey> members = other == target.Key ? pool.Members : pool.Members.Remove(other);
        members = isIn ? members : members.Remove(target.Key);
        return members.Count == pool.Members.Count ? null : pool with { Members = members };
    }
}
