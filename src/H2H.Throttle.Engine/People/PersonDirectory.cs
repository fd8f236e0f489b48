using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What is known of people, and who contacted them. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class PersonDirectory
{
    private readonly PersonStore people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;

    internal PersonDirectory(PersonStore people, PolicyShelf policies, IdentityHasher hasher, RequestClock clock) =>
        (this.people, this.policies, this.hasher, this.clock) = (people, policies, hasher, clock);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public PersonDirectory By(Actor actor) => new(people.By(actor), policies, hasher, clock);

    /// <summary>Of one never heard of: <see cref="Person.Unknown"/>.</summary>
    public async ValueTask<Person> GetAsync(string? personId, CancellationToken cancellation) =>
        (await FindAsync(personId, cancellation).ConfigureAwait(false)).Person;

    /// <summary>The same, and who they are: by which other names they are found.</summary>
    public async ValueTask<NamedPerson> FindAsync(string? personId, CancellationToken cancellation) =>
        NamedPerson.Of(await people.LoadAsync(Read(personId, "person_id", new Problems()), cancellation)
            .ConfigureAwait(false));

    /// <summary>Changes the parts that the draft has, all or none, and answers with the person as then known.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not.</param>
    /// <param name="personId">Who.</param>
    /// <param name="draft">What is to be known.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<Person> UpdateAsync(
        string? requestId, string? personId, PersonDraft draft, Instant? at, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        Func<Person, Person> update = PersonReader.Read(draft, policy, problems);
        PersonKey person = Read(personId, "person.person_id", problems);
        RequestMark? mark = RequestMark.Of(requestId, PersonReader.ContentOf(draft), hasher, problems);

        return await people.ChangeAsync(person, called, policy, Update, cancellation).ConfigureAwait(false);

        Change<Person> Update(PersonRecord record, Instant now)
        {
            if (RequestMark.AnswerIn(record, mark) is not null)
            {
                return new(record.Person, null, IsRepeated: true);
            }

            PersonRecord updated = Updated(record, update(record.Person), now);
            return new(updated.Person, RequestMark.Remember(updated, mark, new Answer(now)));
        }
    }

    /// <summary>
    /// Puts contact on hold, for what the rules say of a hold of that name, and revokes the reservations that it stops.
    /// Placing it twice is no error.
    /// </summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not.</param>
    /// <param name="personId">Who; need not be known yet.</param>
    /// <param name="hold">Its name.</param>
    /// <param name="reason">For the journal; null or empty: not told.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public ValueTask<HoldResult> PlaceHoldAsync(
        string? requestId, string? personId, string? hold, string? reason, Instant? at,
            CancellationToken cancellation) =>
        HoldAsync(isPlaced: true, requestId, personId, hold, reason, at, cancellation);

    /// <summary>Takes a hold away. Lifting what is not there is no error. Parameters as above.</summary>
    public ValueTask<HoldResult> LiftHoldAsync(
        string? requestId, string? personId, string? hold, string? reason, Instant? at,
            CancellationToken cancellation) =>
        HoldAsync(isPlaced: false, requestId, personId, hold, reason, at, cancellation);

    /// <summary>Remembers that something happened which is no contact, for rules that look at it.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not.</param>
    /// <param name="personId">With whom; need not be known yet.</param>
    /// <param name="draft">What.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask RecordEventAsync(
        string? requestId, string? personId, EventDraft draft, Instant? at, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        Func<Instant, LedgerEvent> happened = EventDraftReader.Read(draft, policy, called, problems);
        PersonKey person = Read(personId, "person_id", problems);
        RequestMark? mark = RequestMark.Of(requestId, EventDraftReader.ContentOf(draft), hasher, problems);

        await people.ChangeAsync(person, called, policy, Record, cancellation).ConfigureAwait(false);

        Change<Person> Record(PersonRecord record, Instant now)
        {
            if (RequestMark.AnswerIn(record, mark) is not null)
            {
                return new(record.Person, null, IsRepeated: true);
            }

            LedgerEvent one = happened(now);
            PersonRecord after = record with
            {
                Person = record.Person.Experiencing(one),
                Outbox = [PersonFacts.Happened(record.Key, one, draft.Source, now)],
            };
            return new(after.Person, RequestMark.Remember(after, mark, new Answer(now) { HasCounted = true }));
        }
    }

    /// <summary>A person's contacts, made, reserved, planned, released and revoked.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="pageSize">The most wanted: 1 to <see cref="RequestBounds.PageSizeMax"/>.</param>
    /// <param name="after">From the page before; null or empty: the first page.</param>
    /// <param name="oldestFirst">By the instant at which they count; else newest first.</param>
    /// <param name="at">The instant at which it is judged where they stand; null: the clock's.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<ContactPage> ListContactsAsync(
        string? personId, int pageSize, string? after, bool oldestFirst, Instant? at, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.Require(
            pageSize is >= 1 and <= RequestBounds.PageSizeMax,
            ProblemReason.PageSizeOutOfRange,
            "page_size",
            $"page_size must be 1 to {RequestBounds.PageSizeMax}.");
        ContactCursor? cursor = ContactCursor.Read(after, oldestFirst, problems);
        PersonKey person = Read(personId, "person_id", problems);

        PersonRecord record = await people.LoadAsync(person, cancellation).ConfigureAwait(false);

        Instant now = Instant.Max(called, record.LastSeen);
        IEnumerable<LedgerContact> ordered = record.Person.Ledger.Contacts;
        ordered = oldestFirst ? ordered : ordered.Reverse();
        ImmutableArray<LedgerContact> page =
            [.. ordered.Where(contact => cursor?.Precedes(contact) != false).Take(pageSize + 1)];
        string? next = page.Length > pageSize ? new ContactCursor(page[pageSize - 1], oldestFirst).ToString() : null;
        return new ContactPage(
            [.. page.Take(pageSize).Select(contact => KnownContact.Of(record.Key, contact, policy, now))], next);
    }

    /// <summary>The contact of an id, as in <see cref="ContactId"/>; null: it names nothing that is known.</summary>
    public async ValueTask<KnownContact?> FindContactAsync(string? contactId, CancellationToken cancellation)
    {
        if (!ContactId.TryParse(contactId, out ContactId? id))
        {
            return null;
        }

        ContactId known = await new Succession(people, hasher).FindAsync(id.Value, cancellation).ConfigureAwait(false);
        PersonRecord record = await people.LoadAsync(known.Person, cancellation).ConfigureAwait(false);
        return record.Find(known.Number) is { } contact
            ? KnownContact.Of(record.Key, contact, policies.Current.Policy, clock.Now)
            : null;
    }

    /// <summary>
    /// The id of the contact that a call with this request id reserved or recorded; null: none did, or that is
    /// forgotten.
    /// </summary>
    public async ValueTask<string?> FindRequestedAsync(
        string? personId, string? requestId, CancellationToken cancellation)
    {
        PersonKey person = Read(personId, "person_id", new Problems());
        if (string.IsNullOrEmpty(requestId))
        {
            return null;
        }

        PersonRecord record = await people.LoadAsync(person, cancellation).ConfigureAwait(false);
        return record.AnswerTo(hasher.Request(requestId)) is { } kept
            && AnswerCodec.Read(kept).Contact is { } contact
            ? new ContactId(person, contact.Number).ToString()
            : null;
    }

    private async ValueTask<HoldResult> HoldAsync(
        bool isPlaced,
        string? requestId,
        string? personId,
        string? hold,
        string? reason,
        Instant? at,
        CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        problems.RequireId(hold, "hold", OnHold.HoldLengthMax);
        problems.CheckText(reason, "reason", RequestBounds.ReasonLengthMax);
        PersonKey person = Read(personId, "person_id", problems);
        string content = Fingerprint.Of(isPlaced ? "place_hold" : "lift_hold", hold, reason);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);

        return await people.ChangeAsync(person, called, policy, Hold, cancellation).ConfigureAwait(false);

        Change<HoldResult> Hold(PersonRecord record, Instant now)
        {
            if (RequestMark.AnswerIn(record, mark) is { } before)
            {
                return new(ResultOf(record.Person, before), null, IsRepeated: true);
            }

            (Answer answer, PersonRecord after) = isPlaced
                ? HoldChange.Place(record, record.Key, hold!, reason, policy, now)
                : HoldChange.Lift(record, record.Key, hold!, reason, now);
            return new(
                ResultOf(after.Person, answer with { Person = record.Key }), RequestMark.Remember(after, mark, answer));
        }

        static HoldResult ResultOf(Person known, Answer answer) =>
            new(known, [.. answer.Revoked.Select(number => new ContactId(answer.Person, number))]);
    }

    /// <summary>With limits and quiet times of the person's own in their history, where they changed.</summary>
    internal static PersonRecord Updated(PersonRecord record, Person person, Instant now) =>
        OwnWords.Changes(record.Person, person, now).Aggregate(
            record with { Person = person }, static (updated, entry) => updated.Hearing(entry));

    private PersonKey Read(string? personId, string field, Problems problems)
    {
        PersonName? name = new PersonNames(hasher, policies.Current.Policy.Mailboxes).Read(personId, field, problems);
        problems.ThrowIfAny();
        return name!.Key;
    }
}
