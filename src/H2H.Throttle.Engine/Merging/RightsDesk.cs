using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What people may ask for: to see what is kept of them, and that it be forgotten.</summary>
/// <remarks>Safe from any thread. Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class RightsDesk
{
    private const string PersonField = "person_id";

    private readonly PersonStore people;
    private readonly IJournal journal;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly MergeTurn turn;
    private readonly MergeEnd ending;
    private readonly Actor? actor;

    internal RightsDesk(
        PersonStore people,
        IJournal journal,
        PolicyShelf policies,
        IdentityHasher hasher,
        RequestClock clock,
        MergeTurn turn,
        MergeEnd ending,
        Actor? actor = null) =>
        (this.people, this.journal, this.policies, this.hasher, this.clock, this.turn, this.ending, this.actor) =
        (people, journal, policies, hasher, clock, turn, ending, actor);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public RightsDesk By(Actor by) => new(people, journal, policies, hasher, clock, turn, ending, by);

    /// <summary>All that is kept of a person, as JSON for the person to read.</summary>
    /// <param name="personId">Who.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="cancellation">Ends the wait. So it is below.</param>
    public async ValueTask<string> ExportAsync(string? personId, Instant? at, CancellationToken cancellation)
    {
        (PersonName name, Instant called) = Read(personId, at);
        PersonRecord record = await people.LoadAsync(name.Key, cancellation).ConfigureAwait(false);
        List<JournalEntry> facts = await FactsOfAsync(record, cancellation).ConfigureAwait(false);
        return PersonExport.Write(record, facts, policies.Current.Policy, Instant.Max(called, record.LastSeen));
    }

    /// <summary>
    /// Forgets all that is kept of a person, under all of their names, but that they are not to be contacted.
    /// </summary>
    /// <param name="personId">Who; need not be known. Doing it twice is no error.</param>
    /// <param name="suppression">What stays in force.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<Erasure> EraseAsync(
        string? personId, Suppression suppression, Instant? at, CancellationToken cancellation)
    {
        (PersonName name, Instant called) = Read(personId, at);
        PersonRecord record = await people.LoadAsync(name.Key, cancellation).ConfigureAwait(false);
        PendingChange change = PendingChange.Erase(record.Key, suppression, called) with
        {
            Signatory = Signatory.Of(actor),
        };
        return await turn.TakeAsync(
            change,
            EraseInTurnAsync,
            other => ending.EndAsync(other, cancellation),
            cancellation).ConfigureAwait(false);

        async ValueTask<Erasure> EraseInTurnAsync()
        {
            PersonRecord found = await people.LoadAsync(name.Key, cancellation).ConfigureAwait(false);
            return found.Key == record.Key
                ? await ending.EraseAsync(change, cancellation).ConfigureAwait(false)
                : throw MergeTurn.Contended();
        }
    }

    private async ValueTask<List<JournalEntry>> FactsOfAsync(PersonRecord record, CancellationToken cancellation)
    {
        Trace trace = await Trace.OfAsync(record.Key, people, hasher, cancellation).ConfigureAwait(false);
        List<JournalEntry> facts = [];
        long position = 0;
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await journal.ReadAsync(position, IJournal.ReadMax, cancellation).ConfigureAwait(false);
            facts.AddRange(page.Where(entry => trace.Has(entry.Fact)));
            position = page.Count > 0 ? page[^1].Position : position;
        }
        while (page.Count == IJournal.ReadMax);

        return facts;
    }

    private (PersonName Name, Instant Called) Read(string? personId, Instant? at)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        PersonName? name =
            new PersonNames(hasher, policies.Current.Policy.Mailboxes).Read(personId, PersonField, problems);
        problems.ThrowIfAny();
        return (name!, called);
    }
}
