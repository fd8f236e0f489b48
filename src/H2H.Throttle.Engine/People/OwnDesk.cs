using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// Where people speak for themselves, whom a signed link names. Safe from any thread.
/// </summary>
/// <remarks>Throws what <see cref="Throttler"/> throws. Saying something twice is no error.</remarks>
public sealed class OwnDesk
{
    private readonly PersonStore people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly LinkSigner signer;

    internal OwnDesk(PersonStore people, PolicyShelf policies, IdentityHasher hasher, RequestClock clock)
    {
        (this.people, this.policies, this.hasher, this.clock) = (people, policies, hasher, clock);
        signer = new LinkSigner(hasher);
    }

    /// <summary>The same, for what the person uses: <c>page</c> or <c>link</c>, as the journal names it.</summary>
    public OwnDesk Through(string through) => new(people.By(Actor.Person(through)), policies, hasher, clock);

    /// <summary>The clock, by which links age.</summary>
    public Instant Now => clock.Now;

    /// <summary>A token for a link to give to a person.</summary>
    /// <param name="use">What it is good for.</param>
    /// <param name="personId">Whom it names; need not be known yet.</param>
    /// <param name="scope">What it opts out of.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <returns>The token, and when it was made.</returns>
    public (string Token, Instant Issued) Sign(LinkUse use, string? personId, Scope scope, Instant? at)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        Policy policy = policies.Current.Policy;
        PersonName? name = new PersonNames(hasher, policy.Mailboxes).Read(personId, "person_id", problems);
        ScopeChecks.Check(scope, "scope", policy, problems);
        problems.ThrowIfAny();
        return (signer.Sign(new Link(use, name!.Key, scope, called)), called);
    }

    /// <summary>What a token says; null: it is none of this deployment. Asks no store.</summary>
    public Link? Read(string? token) => signer.Read(token);

    public async ValueTask<OwnView> ViewAsync(PersonKey person, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        PersonRecord record = await people.LoadAsync(person, cancellation).ConfigureAwait(false);
        Instant now = Instant.Max(clock.Now, record.LastSeen);
        return new OwnView(
            record.Person with { Snoozes = record.Person.Snoozes.RemoveAll(snooze => snooze.Until <= now) },
            [
                .. record.Person.Ledger.Contacts.Reverse().Take(OwnView.ContactsMax)
                    .Select(contact => KnownContact.Of(record.Key, contact, policy, now)),
            ],
            [.. record.Refusals.Reverse()],
            [.. record.History.Reverse()],
            policy,
            now);
    }

    public ValueTask OptOutAsync(PersonKey person, Scope scope, string source, CancellationToken cancellation) =>
        SayAsync(isOptOut: true, person, scope, source, cancellation);

    public ValueTask OptInAsync(PersonKey person, Scope scope, string source, CancellationToken cancellation) =>
        SayAsync(isOptOut: false, person, scope, source, cancellation);

    /// <param name="person">Who.</param>
    /// <param name="until">No contact before then; null: any snooze ends now.</param>
    /// <param name="source">Where it is said.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public ValueTask SnoozeAsync(PersonKey person, Instant? until, string source, CancellationToken cancellation) =>
        ChangeAsync(
            person,
            (record, _, now) => ConsentChange.Snooze(record, record.Key, Scope.Everything, until, source, now).Record,
            cancellation);

    /// <summary>Takes back what was agreed to under a name, all of it.</summary>
    public ValueTask WithdrawAsync(
        PersonKey person, string consent, string source, CancellationToken cancellation) =>
        ChangeAsync(
            person,
            (record, policy, now) => ConsentChange.TakeBack(
                record, record.Key, consent, Scope.Everything, source, policy, now).Record,
            cancellation);

    /// <summary>"At most so many": replaces the person's limits on everything; those of a scope stay.</summary>
    /// <param name="person">Who.</param>
    /// <param name="limit">Null: none.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public ValueTask LimitAsync(PersonKey person, LimitDraft? limit, CancellationToken cancellation) =>
        UpdateAsync(
            person,
            known => new PersonDraft
            {
                Limits =
                [
                    .. known.Limits.Where(static one => one.Scope != Scope.Everything)
                        .Select(static one => new LimitDraft(one.Scope, one.Contacts, one.Window.ToString())),
                    .. limit is null ? ImmutableArray<LimitDraft>.Empty : [limit],
                ],
            },
            cancellation);

    /// <summary>"Not then": replaces the quiet times of everything and without an end; others stay.</summary>
    /// <param name="person">Who.</param>
    /// <param name="times">As in <c>daily 22:00-08:00</c>; null: none.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public ValueTask QuietAsync(PersonKey person, string? times, CancellationToken cancellation) =>
        UpdateAsync(
            person,
            known => new PersonDraft
            {
                QuietTimes =
                [
                    .. known.QuietTimes.Where(static one => one.Scope != Scope.Everything || one.Until is not null)
                        .Select(static one => new QuietDraft(
                            one.Scope, one.Text, one.Until is { } last ? LocalDatePattern.Iso.Format(last) : null)),
                    .. times is null
                        ? ImmutableArray<QuietDraft>.Empty
                        : [new QuietDraft(Scope.Everything, times, null)],
                ],
            },
            cancellation);

    private ValueTask SayAsync(
        bool isOptOut, PersonKey person, Scope scope, string source, CancellationToken cancellation) =>
        ChangeAsync(
            person,
            (record, policy, now) => ConsentChange.Apply(
                record, record.Key, new Statement(isOptOut, scope, now, source), policy, now).Record,
            cancellation);

    private ValueTask UpdateAsync(
        PersonKey person, Func<Core.People.Person, PersonDraft> draft, CancellationToken cancellation) =>
        ChangeAsync(
            person,
            (record, policy, now) =>
            {
                Problems problems = new();
                Func<Core.People.Person, Core.People.Person> update =
                    PersonReader.Read(draft(record.Person), policy, problems);
                problems.ThrowIfAny();
                return PersonDirectory.Updated(record, update(record.Person), now);
            },
            cancellation);

    /// <summary>A change that waits until it is as safe as the store can make it.</summary>
    private async ValueTask ChangeAsync(
        PersonKey person, Func<PersonRecord, Policy, Instant, PersonRecord> change, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        RequestMark own = RequestMark.New(hasher);   // by which it knows itself again
        await people.ChangeSecurelyAsync(
            person,
            clock.Now,
            policy,
            (record, now) => RequestMark.AnswerIn(record, own) is not null
                ? new Change<bool>(true, null, IsRepeated: true)
                : new Change<bool>(
                    true, RequestMark.Remember(change(record, policy, now), own, new Answer(now))),
            cancellation).ConfigureAwait(false);
    }
}
