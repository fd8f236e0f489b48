using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>Where people are put into pools and taken out of them. Safe from any thread.</summary>
/// <remarks>
/// A pool has no contacts of its own: whoever joins brings all of theirs, those of the past too, and whoever leaves
/// takes theirs along. A pool that nobody is in is not known. Throws what <see cref="Throttler"/> throws.
/// </remarks>
public sealed class PoolDesk
{
    private const string PersonField = "person_id";

    private readonly PersonStore people;
    private readonly PoolStore pools;
    private readonly PoolViews views;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;

    internal PoolDesk(
        PersonStore people,
        PoolStore pools,
        PoolViews views,
        PolicyShelf policies,
        IdentityHasher hasher,
        RequestClock clock) =>
        (this.people, this.pools, this.views, this.policies, this.hasher, this.clock) =
        (people, pools, views, policies, hasher, clock);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public PoolDesk By(Actor actor) => new(people.By(actor), pools, views, policies, hasher, clock);

    /// <summary>Puts a person into a pool. Doing it twice is no error.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not. So it is below.</param>
    /// <param name="personId">Who; need not be known yet.</param>
    /// <param name="kind">Such as <c>household</c>; the policy need not name it yet.</param>
    /// <param name="poolId">The caller's id of the pool; one that nobody is in yet is begun by it.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change. So it is below.</param>
    /// <returns>The pools that the person is in now.</returns>
    public async ValueTask<ImmutableArray<Membership>> JoinAsync(
        string? requestId,
        string? personId,
        string? kind,
        string? poolId,
        Instant? at,
        CancellationToken cancellation)
    {
        (PersonKey person, Membership membership, RequestMark? mark, Instant called) =
            Read("join", requestId, personId, kind, poolId, at);
        Policy policy = policies.Current.Policy;
        using Turns<PoolKey>.Holder turn =
            await pools.TakeTurnAsync(membership.Pool, cancellation).ConfigureAwait(false);

        PersonRecord known = await people.LoadAsync(person, cancellation).ConfigureAwait(false);
        bool joins = Joined(known, membership, mark, called).Record is not null;

        // The pool knows of the person before the person is in it, so that nobody of the pool is let through unseen.
        bool isNew = joins && await pools
            .ChangeAsync(membership.Pool, called, With, cancellation).ConfigureAwait(false);
        try
        {
            return await people.ChangeAsync(person, called, policy, Join, cancellation).ConfigureAwait(false);
        }
        catch (RequestException refused) when (isNew && refused.Problems[0].Reason is not ProblemReason.Contended)
        {
            await pools.ChangeAsync(membership.Pool, called, pool => Without(pool, known.Key), cancellation)
                .ConfigureAwait(false);
            throw;
        }

        Change<ImmutableArray<Membership>> Join(PersonRecord record, Instant now) =>
            Joined(record, membership, mark, now) is { } joined
            && record.Key == known.Key
            && (joins || joined.Record is null)
                ? joined
                : throw PoolStore.Contended();

        PoolRecord? With(PoolRecord pool) => pool.Members.Contains(known.Key)
            ? null
            : pool.Members.Count < PoolRecord.MembersMax
                ? pool with { Members = pool.Members.Add(known.Key) }
                : throw new RequestException(
                    ProblemReason.PoolFull,
                    "pool_id",
                    $"The pool has {PoolRecord.MembersMax} people, the most it can; take somebody out of it first, "
                    + "or give the person another pool.");
    }

    /// <summary>Takes a person out of a pool. If the person is not in it, that is no error.</summary>
    /// <returns>The pools that the person is in now.</returns>
    public async ValueTask<ImmutableArray<Membership>> LeaveAsync(
        string? requestId,
        string? personId,
        string? kind,
        string? poolId,
        Instant? at,
        CancellationToken cancellation)
    {
        (PersonKey person, Membership membership, RequestMark? mark, Instant called) =
            Read("leave", requestId, personId, kind, poolId, at);
        Policy policy = policies.Current.Policy;
        using Turns<PoolKey>.Holder turn =
            await pools.TakeTurnAsync(membership.Pool, cancellation).ConfigureAwait(false);

        PersonKey left = person;
        ImmutableArray<Membership> after = await people.ChangeAsync(
            person,
            called,
            policy,
            (record, now) =>
            {
                left = record.Key;
                return Left(record, membership, mark, now);
            },
            cancellation).ConfigureAwait(false);
        if (!after.Contains(membership))
        {
            await pools.ChangeAsync(membership.Pool, called, pool => Without(pool, left), cancellation)
                .ConfigureAwait(false);
        }

        return after;
    }

    /// <summary>Of a pool that nobody is in: no people and no contacts.</summary>
    public async ValueTask<KnownPool> GetAsync(string? kind, string? poolId, CancellationToken cancellation)
    {
        Problems problems = new();
        RequirePool(kind, poolId, problems);
        problems.ThrowIfAny();
        Membership membership = new(kind!, hasher.Pool(kind!, poolId!));

        ImmutableArray<Person> members = await views.MembersAsync(membership, cancellation).ConfigureAwait(false);

        return new KnownPool(
            membership,
            members.Length,
            members.Sum(static person => person.Ledger.Contacts
                .Count(static contact => contact.State is not ContactState.Released)));
    }

    private static Change<ImmutableArray<Membership>> Joined(
        PersonRecord record, Membership membership, RequestMark? mark, Instant now)
    {
        Person before = record.Person;
        if (RequestMark.AnswerIn(record, mark) is not null || Membership.Of(before).Contains(membership))
        {
            return new(Membership.Of(before), null, IsRepeated: true);
        }

        if (before.Pools.ContainsKey(membership.Kind))
        {
            throw new RequestException(
                ProblemReason.PersonInOtherPool,
                PersonField,
                $"The person is in another {membership.Kind}; take them out of it with LeavePool first.");
        }

        if (before.Pools.Count >= Pool.PoolsMax)
        {
            throw new RequestException(
                ProblemReason.RecordFull,
                PersonField,
                $"The person is in {Pool.PoolsMax} pools, the most there can be.");
        }

        Person after = before with { Pools = before.Pools.Add(membership.Kind, new Pool(membership.Pool.Text)) };
        return Changed(record, after, PoolFacts.Of(PoolFacts.Joined, record.Key, membership, now), mark, now);
    }

    private static Change<ImmutableArray<Membership>> Left(
        PersonRecord record, Membership membership, RequestMark? mark, Instant now)
    {
        Person before = record.Person;
        if (RequestMark.AnswerIn(record, mark) is not null || !Membership.Of(before).Contains(membership))
        {
            return new(Membership.Of(before), null, IsRepeated: true);
        }

        Person after = before with { Pools = before.Pools.Remove(membership.Kind) };
        return Changed(record, after, PoolFacts.Of(PoolFacts.Left, record.Key, membership, now), mark, now);
    }

    private static Change<ImmutableArray<Membership>> Changed(
        PersonRecord record, Person after, Journals.JournalFact fact, RequestMark? mark, Instant now) => new(
            Membership.Of(after),
            RequestMark.Remember(record with { Person = after, Outbox = [fact] }, mark, new Answer(now)));

    private static PoolRecord? Without(PoolRecord pool, PersonKey person) =>
        pool.Members.Contains(person) ? pool with { Members = pool.Members.Remove(person) } : null;

    private (PersonKey Person, Membership Membership, RequestMark? Mark, Instant Called) Read(
        string call, string? requestId, string? personId, string? kind, string? poolId, Instant? at)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        PersonName? name =
            new PersonNames(hasher, policies.Current.Policy.Mailboxes).Read(personId, PersonField, problems);
        RequirePool(kind, poolId, problems);
        problems.ThrowIfAny();
        Membership membership = new(kind!, hasher.Pool(kind!, poolId!));
        string content = Fingerprint.Of(call, personId, membership.Kind, membership.Pool.Text);
        return (name!.Key, membership, RequestMark.Of(requestId, content, hasher, problems), called);
    }

    private static void RequirePool(string? kind, string? poolId, Problems problems)
    {
        problems.RequireId(kind, "kind", Pool.KindLengthMax);
        problems.RequireId(poolId, "pool_id", RequestBounds.PoolIdLengthMax);
    }
}
