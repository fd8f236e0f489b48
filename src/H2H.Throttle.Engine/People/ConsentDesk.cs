using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Keywords;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Where people say what they want. Safe from any thread.</summary>
/// <remarks>
/// When a call returns, what was said holds against every later reservation, and is in the journal. Throws what
/// <see cref="Throttler"/> throws.
/// </remarks>
public sealed class ConsentDesk
{
    private readonly PersonStore people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;

    internal ConsentDesk(PersonStore people, PolicyShelf policies, IdentityHasher hasher, RequestClock clock) =>
        (this.people, this.policies, this.hasher, this.clock) = (people, policies, hasher, clock);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public ConsentDesk By(Actor actor) => new(people.By(actor), policies, hasher, clock);

    private PersonNames Names => new(hasher, policies.Current.Policy.Mailboxes);

    /// <summary>Do not contact me, about everything or within a scope. Saying it twice is no error.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not. So it is below.</param>
    /// <param name="personId">Who; need not be known yet.</param>
    /// <param name="scope">From what.</param>
    /// <param name="source">Where it was said; null or empty: not told.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change. So it is below.</param>
    public ValueTask<ConsentResult> OptOutAsync(
        string? requestId, string? personId, Scope scope, string? source, Instant? at,
            CancellationToken cancellation) =>
        SayAsync(isOptOut: true, requestId, personId, scope, source, at, cancellation);

    /// <summary>Contact me again: lifts opt-outs, as <see cref="Statements"/> tells.</summary>
    public ValueTask<ConsentResult> OptInAsync(
        string? requestId, string? personId, Scope scope, string? source, Instant? at,
            CancellationToken cancellation) =>
        SayAsync(isOptOut: false, requestId, personId, scope, source, at, cancellation);

    /// <summary>I agree to contacts of this kind: what rules ask for by the consent's name.</summary>
    public async ValueTask<ConsentResult> GrantAsync(
        string? requestId, string? personId, ConsentDraft draft, Instant? at, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        Func<Instant, GivenConsent> given = ConsentDraftReader.Read(draft, policy, called, problems);
        (PersonKey person, RequestMark? mark) = Read(
            requestId, personId, draft.Scope, policy, problems, ConsentDraftReader.ContentOf(draft));

        return await ChangeAsync(
            person, called, policy, mark, (record, now) => ConsentChange.Give(record, record.Key, given(now), now),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// I do not agree any more: ends the consents of that name for the scope, and revokes the reservations that were
    /// allowed thanks to them alone. Taking back what was never given is no error.
    /// </summary>
    public async ValueTask<ConsentResult> RevokeAsync(
        string? requestId, string? personId, string? name, Scope scope, string? source, Instant? at,
            CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.RequireId(name, "name", GivenConsent.NameLengthMax);
        problems.CheckText(source, "source", RequestBounds.SourceLengthMax);
        (PersonKey person, RequestMark? mark) = Read(
            requestId, personId, scope, policy, problems,
                Fingerprint.Of("revoke_consent", [name, .. Scoped(scope, source)]));

        return await RestrictAsync(
            person,
            called,
            policy,
            mark,
            (record, now) => ConsentChange.TakeBack(record, record.Key, name!, scope, source, policy, now),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Leave me alone until then; replaces an earlier snooze of the same scope. Null: wake me now.</summary>
    public async ValueTask<ConsentResult> SnoozeAsync(
        string? requestId, string? personId, Scope scope, Instant? until, Instant? at, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckPlanned(until, "until", called);
        (PersonKey person, RequestMark? mark) = Read(
            requestId, personId, scope, policy, problems,
                Fingerprint.Of("snooze", Scoped(scope, Fingerprint.Number(until))));

        return await RestrictAsync(
            person,
            called,
            policy,
            mark,
            (record, now) => ConsentChange.Snooze(record, record.Key, scope, until, null, now),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// A message came from the person: it is remembered as an event, and done if it is a word to opt out or in.
    /// </summary>
    /// <param name="requestId">Makes the call safe to repeat; give one, so that the event is remembered once.</param>
    /// <param name="personId">From whom; need not be known yet.</param>
    /// <param name="draft">The message.</param>
    /// <param name="keywords">To understand it by.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<MessageResult> HearAsync(
        string? requestId,
        string? personId,
        MessageDraft draft,
        KeywordBook keywords,
        Instant? at,
        CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        MessageReader.Check(draft, policy, problems);
        (PersonKey person, RequestMark? mark) = Read(
            requestId, personId, Scope.Everything, policy, problems, MessageReader.ContentOf(draft), draft.Link);
        string text = draft.Link is null ? draft.Text ?? "" : MessageReader.Unsubscribe;
        Understanding understood = keywords.Understand(text, draft.Language);
        Scope scope = MessageReader.ScopeOf(draft, understood.Meaning);
        string? source = string.IsNullOrEmpty(draft.Source)
            ? understood.Keyword is { } word ? $"{draft.Channel} {word.ToUpperInvariant()}" : null
            : draft.Source;
        MessageChange message = new(draft, understood.Meaning, scope, source);

        ConsentResult result = message.IsOptOut
            ? await RestrictAsync(person, called, policy, mark, Hear, cancellation).ConfigureAwait(false)
            : await ChangeAsync(person, called, policy, mark, Hear, cancellation).ConfigureAwait(false);
        bool isWord = message.IsOptOut || understood.Meaning is MessageMeaning.OptIn;
        return new MessageResult(understood, isWord ? scope : null, result, result.MayConfirm);

        (Answer Answer, PersonRecord Record) Hear(PersonRecord record, Instant now) =>
            message.Apply(record, person, policy, now);
    }

    /// <summary>What the person said. Of one never heard of: nothing.</summary>
    public async ValueTask<ConsentResult> GetAsync(string? personId, Instant? at, CancellationToken cancellation)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        PersonName? name = Names.Read(personId, "person_id", problems);
        problems.ThrowIfAny();

        PersonRecord record = await people.LoadAsync(name!.Key, cancellation).ConfigureAwait(false);

        Instant now = Instant.Max(called, record.LastSeen);
        PersonRecord awake = record with
        {
            Person = record.Person with { Snoozes = record.Person.Snoozes.RemoveAll(snooze => snooze.Until <= now) },
        };
        return ResultOf(awake, new Answer(now));
    }

    private async ValueTask<ConsentResult> SayAsync(
        bool isOptOut,
        string? requestId,
        string? personId,
        Scope scope,
        string? source,
        Instant? at,
        CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckText(source, "source", RequestBounds.SourceLengthMax);
        (PersonKey person, RequestMark? mark) = Read(
            requestId, personId, scope, policy, problems,
                Fingerprint.Of(isOptOut ? "opt_out" : "opt_in", Scoped(scope, source)));

        return isOptOut
            ? await RestrictAsync(person, called, policy, mark, Say, cancellation).ConfigureAwait(false)
            : await ChangeAsync(person, called, policy, mark, Say, cancellation).ConfigureAwait(false);

        (Answer Answer, PersonRecord Record) Say(PersonRecord record, Instant now)
        {
            Statement statement = new(isOptOut, scope, now, string.IsNullOrEmpty(source) ? null : source);
            return ConsentChange.Apply(record, record.Key, statement, policy, now);
        }
    }

    /// <summary>A no: it waits until it is as safe as the store can make it, and says how safe that is.</summary>
    private async ValueTask<ConsentResult> RestrictAsync(
        PersonKey person,
        Instant called,
        Policy policy,
        RequestMark? mark,
        Func<PersonRecord, Instant, (Answer Answer, PersonRecord Record)> change,
        CancellationToken cancellation)
    {
        // Without a request id of the caller it has one of its own, by which it knows itself again.
        RequestMark own = mark ?? RequestMark.New(hasher);
        (ConsentResult result, Durability durability) = await people.ChangeSecurelyAsync(
            person, called, policy, Once(own, change), cancellation).ConfigureAwait(false);
        return result with { Durability = durability };
    }

    private ValueTask<ConsentResult> ChangeAsync(
        PersonKey person,
        Instant called,
        Policy policy,
        RequestMark? mark,
        Func<PersonRecord, Instant, (Answer Answer, PersonRecord Record)> change,
        CancellationToken cancellation) =>
        people.ChangeAsync(person, called, policy, Once(mark, change), cancellation);

    /// <summary>The change, or the answer that its request had before.</summary>
    private static Func<PersonRecord, Instant, Change<ConsentResult>> Once(
        RequestMark? mark,
        Func<PersonRecord, Instant, (Answer Answer, PersonRecord Record)> change) =>
        (record, now) =>
        {
            if (RequestMark.AnswerIn(record, mark) is { } before)
            {
                return new(ResultOf(record, before), null, IsRepeated: true);
            }

            (Answer answer, PersonRecord after) = change(record, now);
            return new(ResultOf(after, answer with { Person = record.Key }), RequestMark.Remember(after, mark, answer));
        };

    /// <param name="requestId">The caller's.</param>
    /// <param name="personId">Who.</param>
    /// <param name="scope">What it is about.</param>
    /// <param name="policy">In force.</param>
    /// <param name="problems">All that is wrong.</param>
    /// <param name="content">Hash of all that is asked.</param>
    /// <param name="link">Names the person instead; null: none does.</param>
    private (PersonKey Person, RequestMark? Mark) Read(
        string? requestId,
        string? personId,
        Scope scope,
        Policy policy,
        Problems problems,
        string content,
        Link? link = null)
    {
        problems.CheckRequestId(requestId);
        PersonKey? person = link?.Person ?? Names.Read(personId, "person_id", problems)?.Key;
        ScopeChecks.Check(scope, "scope", policy, problems);
        problems.ThrowIfAny();
        return (person!.Value, RequestMark.Of(requestId, content, hasher, problems));
    }

    // The brand comes last, and only where there is one: what a version that knew none was asked is asked alike now.
    private static string?[] Scoped(Scope scope, string? other) => string.IsNullOrEmpty(scope.Brand)
        ? [scope.Channel, scope.Purpose, scope.Topic, other]
        : [scope.Channel, scope.Purpose, scope.Topic, other, scope.Brand];

    private static ConsentResult ResultOf(PersonRecord record, Answer answer) => new(
        [.. record.Person.Statements.InForce],
        [.. record.Person.Statements.Items.Where(static statement => !statement.IsOptOut)],
        record.Person.Snoozes,
        [.. record.Person.Consents.Select(given => KnownConsent.Of(given, record.Person.Ledger, answer.At))],
        [.. answer.Revoked.Select(number => new ContactId(answer.Person, number))],
        answer.Lifted)
    {
        History = record.History, HistoryForgotten = record.HistoryForgotten, MayConfirm = answer.MayConfirm,
    };
}
