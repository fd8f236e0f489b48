using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>Loads and changes people together with the pools over which the policy counts.</summary>
/// <remarks>
/// A contact is reserved by two saves, each a compare-and-set: a claim in every pool, and then the contact in the
/// person's record. Whoever saves a pool has seen all claims before; whoever sees a claim go has seen what came of it.
/// So no two people are let through on the same sight of a pool. A call that dies between the saves leaves a claim that
/// counts until its time is over, and is then ended for certain. Under a policy that counts over no pool, and for
/// people who are in none, nothing of this costs anything.
/// </remarks>
internal sealed class PooledPeople(
    PersonStore people, PoolStore pools, PoolViews views, ThrottleOptions options)
{
    /// <summary>The same people; the facts that changes through it leave name the actor.</summary>
    public PooledPeople By(Actor actor) => new(people.By(actor), pools, views, options);

    public async ValueTask<PersonRecord> LoadAsync(
        PersonKey person, Policy policy, Instant now, CancellationToken cancellation)
    {
        PersonRecord record = await people.LoadAsync(person, cancellation).ConfigureAwait(false);
        ImmutableArray<Membership> memberships = Membership.Of(record.Person, policy);
        if (memberships.IsEmpty)
        {
            return record;
        }

        PoolView view = await views
            .SeeAsync(record.Key, memberships, policy, now, endsClaims: false, cancellation).ConfigureAwait(false);
        return record with { Person = view.Fill(record.Person) };
    }

    /// <summary>
    /// Changes a person's record as <see cref="PersonStore.ChangeAsync"/> does; a contact that
    /// <paramref name="change"/> reserves also fits into the person's pools when this returns.
    /// </summary>
    /// <exception cref="RequestException">
    /// Thrown by <paramref name="change"/>, or others kept being quicker, or a pool is full.
    /// </exception>
    public ValueTask<TResult> ChangeAsync<TResult>(
        PersonKey person,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation) => policy.PoolKinds.IsEmpty
            ? people.ChangeAsync(person, now, policy, change, cancellation)
            : ChangeWithPoolsAsync(person, now, policy, change, cancellation);

    private async ValueTask<TResult> ChangeWithPoolsAsync<TResult>(
        PersonKey person,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation)
    {
        Turnout<TResult> turnout = Turnout<TResult>.Open;
        for (int tries = 0; tries < options.SaveTriesMax; tries++)
        {
            turnout = turnout.Pools.IsEmpty
                ? await people.ChangeAsync(person, now, policy, ChangeAlone, cancellation).ConfigureAwait(false)
                : await ChangeTogetherAsync(
                    new Trail(person, turnout.At), turnout.Pools, now, policy, change, cancellation)
                    .ConfigureAwait(false);
            if (turnout.IsDone)
            {
                return turnout.Result!;
            }
        }

        throw PoolStore.Contended();

        Change<Turnout<TResult>> ChangeAlone(PersonRecord record, Instant then)
        {
            ImmutableArray<Membership> memberships = Membership.Of(record.Person, policy);
            if (!memberships.IsEmpty)
            {
                return new(Turnout<TResult>.Needs(memberships, record.Key), null);
            }

            Change<TResult> made = change(record, then);
            return new(Turnout<TResult>.Done(made.Result), made.Record, made.IsRepeated);
        }
    }

    private async ValueTask<Turnout<TResult>> ChangeTogetherAsync<TResult>(
        Trail trail,
        ImmutableArray<Membership> memberships,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation)
    {
        PersonKey person = trail.At;
        List<IDisposable> turns = [];
        OwnClaims claims = new(pools, person, now);
        try
        {
            foreach (Membership membership in memberships)
            {
                turns.Add(await pools.TakeTurnAsync(membership.Pool, cancellation).ConfigureAwait(false));
            }

            turns.Add(await people.TakeTurnAsync(person, cancellation).ConfigureAwait(false));
            for (int tries = 0; tries < options.SaveTriesMax; tries++)
            {
                PoolView view = await views
                    .SeeAsync(person, memberships, policy, now, endsClaims: true, cancellation).ConfigureAwait(false);
                ImmutableArray<Membership> current = Membership.Of(view.Person.Record.Person, policy);
                if (!current.SequenceEqual(memberships))
                {
                    await claims.WithdrawAsync(cancellation).ConfigureAwait(false);
                    return Turnout<TResult>.Needs(current, person);
                }

                if (await TryChangeAsync(view, claims, trail, now, policy, change, cancellation).ConfigureAwait(false)
                    is { } done)
                {
                    return done;
                }
            }

            throw PoolStore.Contended();
        }
        catch (RequestException)
        {
            await claims.WithdrawAsync(cancellation).ConfigureAwait(false);
            throw;
        }
        finally
        {
            turns.Reverse();
            turns.ForEach(static turn => turn.Dispose());
        }
    }

    /// <summary>Null: somebody was quicker.</summary>
    private async ValueTask<Turnout<TResult>?> TryChangeAsync<TResult>(
        PoolView view,
        OwnClaims claims,
        Trail trail,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change,
        CancellationToken cancellation)
    {
        PersonRecord? after = null;
        Draft<TResult> draft = people.Make(trail, view.Person.Known, now, policy, (record, then) =>
        {
            Change<TResult> made = change(record with { Person = view.Fill(record.Person) }, then);
            after = made.Record;
            return made;
        });
        if (draft.IsElsewhere)
        {
            await claims.WithdrawAsync(cancellation).ConfigureAwait(false);
            return Turnout<TResult>.Open;
        }

        if (draft.Save is null)
        {
            await claims.WithdrawAsync(cancellation).ConfigureAwait(false);
            await people.FinishAsync(draft, cancellation).ConfigureAwait(false);
            return Turnout<TResult>.Done(draft.Result);
        }

        if (ReservedIn(after!, draft.Before) is { } contact
            && !await claims.ClaimAsync(view, contact, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        bool isSaved = await people
            .TrySaveAsync(trail.At, view.Person.Known, draft, cancellation).ConfigureAwait(false) is null;
        return isSaved ? Turnout<TResult>.Done(draft.Result) : null;
    }

    /// <summary>The contact that is reserved by a change; null: none is.</summary>
    private static LedgerContact? ReservedIn(PersonRecord after, PersonRecord before) =>
        after.LastNumber != before.LastNumber
        && after.Person.Ledger.Find(after.LastNumber) is { State: ContactState.Reserved } contact
            ? contact
            : null;
}
