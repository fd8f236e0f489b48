using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Where it is told whose an address is. Safe from any thread.</summary>
/// <remarks>
/// An address of which nothing was told is a person of its own, from the first call on that names it. Linking makes it
/// another name of somebody: its record points to theirs. Throws what <see cref="Throttler"/> throws.
/// </remarks>
public sealed class AddressDesk
{
    private const string AddressField = "address";
    private const string PersonField = "person_id";
    private const int TriesMax = 16;

    private readonly PersonStore people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;

    internal AddressDesk(PersonStore people, PolicyShelf policies, IdentityHasher hasher, RequestClock clock) =>
        (this.people, this.policies, this.hasher, this.clock) = (people, policies, hasher, clock);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public AddressDesk By(Actor actor) => new(people.By(actor), policies, hasher, clock);

    private Policy Policy => policies.Current.Policy;

    private PersonNames Names => new(hasher, Policy.Mailboxes);

    /// <summary>From now on the address finds this person. Doing it twice is no error.</summary>
    /// <param name="personId">Who; need not be known yet.</param>
    /// <param name="address">Which; so far it has found nobody of whom anything is known, or this person.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change. So it is below.</param>
    public async ValueTask<NamedPerson> LinkAsync(
        string? personId, string? address, Instant? at, CancellationToken cancellation)
    {
        (PersonName person, PersonName name, Instant called) = Read(personId, address, at);
        for (int tries = 0; tries < TriesMax; tries++)
        {
            PersonRecord owner = await people.LoadAsync(person.Key, cancellation).ConfigureAwait(false);
            PersonRecord found = await people.LoadAsync(name.Key, cancellation).ConfigureAwait(false);
            if (found.Key == owner.Key)
            {
                // The facts of a call that was not answered reach the journal by looking again.
                await people.StepAsync(name.Key, Policy, static _ => null, cancellation).ConfigureAwait(false);
                return NamedPerson.Of(found);
            }

            RequireFree(found);
            if (await TryLinkAsync(owner, name, called, cancellation).ConfigureAwait(false) is { } linked)
            {
                return linked;
            }
        }

        throw MergeTurn.Contended();
    }

    /// <summary>
    /// From now on the address finds nobody: for one that has changed hands. What it was used for stays with the
    /// person.
    /// </summary>
    public async ValueTask<NamedPerson> UnlinkAsync(
        string? personId, string? address, Instant? at, CancellationToken cancellation)
    {
        (PersonName person, PersonName name, Instant called) = Read(personId, address, at);
        PersonRecord owner = await people.LoadAsync(person.Key, cancellation).ConfigureAwait(false);
        if (owner.AliasOf(name.Key) is not { } alias)
        {
            throw new RequestException(
                ProblemReason.AddressNotLinked,
                AddressField,
                "address is not linked to this person; GetPerson tells how many are, and of which kind.");
        }

        if (alias.State is not AliasState.Linked)
        {
            throw new RequestException(
                ProblemReason.AddressNotLinked,
                AddressField,
                "address was a person of its own that was joined to this one; take that back with UndoMerge.");
        }

        await people.StepAsync(
            name.Key,
            Policy,
            record => record.Moved is { Merge.Length: 0 }
                ? PersonRecord.Unknown with
                {
                    Key = name.Key,
                    Via = name.Key,
                    LastSeen = Instant.Max(called, record.LastSeen),
                    LastNumber = record.LastNumber,
                    Outbox = [MergeFacts.OfAddress(MergeFacts.Unlinked, owner.Key, name.Kind, called)],
                }
                : null,
            cancellation).ConfigureAwait(false);
        PersonRecord after = await people.StepAsync(
            owner.Key,
            Policy,
            record => record.AliasOf(name.Key) is { State: AliasState.Linked } linked
                ? record with { Aliases = record.Aliases.Remove(linked) }
                : null,
            cancellation).ConfigureAwait(false);
        return NamedPerson.Of(after.Moved is null
            ? after
            : await people.LoadAsync(owner.Key, cancellation).ConfigureAwait(false));
    }

    internal static RequestException TooManyNames(string field) => new(
        ProblemReason.RecordFull,
        field,
        $"The person would have more than {Alias.AliasesMax} names besides their own; unlink an address first.");

    /// <summary>
    /// The person expects the name before the name points to them; if that goes wrong, they have a name that does not.
    /// </summary>
    /// <returns>Null: somebody was quicker.</returns>
    private async ValueTask<NamedPerson?> TryLinkAsync(
        PersonRecord owner, PersonName name, Instant now, CancellationToken cancellation)
    {
        Alias alias = new(name.Key, name.Kind, AliasState.Linked, "", now);
        PersonRecord expecting = await people.StepAsync(
            owner.Key,
            Policy,
            record => record.Moved is not null || record.AliasOf(name.Key) is not null ? null
                : record.Aliases.Length < Alias.AliasesMax ? record with { Aliases = record.Aliases.Add(alias) }
                : throw TooManyNames(PersonField),
            cancellation).ConfigureAwait(false);
        if (expecting.Moved is not null)
        {
            return null;
        }

        PersonRecord pointing = await people.StepAsync(
            name.Key,
            Policy,
            record => IsFree(record)
                ? PersonRecord.Unknown with
                {
                    Key = name.Key,
                    Via = name.Key,
                    LastSeen = record.LastSeen,
                    LastNumber = record.LastNumber,
                    Moved = new Moved(owner.Key, "", now, IsDone: true),
                    Outbox = [MergeFacts.OfAddress(MergeFacts.Linked, owner.Key, name.Kind, now)],
                }
                : null,
            cancellation).ConfigureAwait(false);
        if (pointing.Moved?.To == owner.Key)
        {
            return NamedPerson.Of(await people.LoadAsync(owner.Key, cancellation).ConfigureAwait(false));
        }

        await people.StepAsync(
            owner.Key,
            Policy,
            record => record.Aliases.Contains(alias)
                ? record with { Aliases = record.Aliases.Remove(alias) }
                : null,
            cancellation).ConfigureAwait(false);
        return null;
    }

    private static void RequireFree(PersonRecord found)
    {
        if (found.Via != found.Key)
        {
            throw new RequestException(
                ProblemReason.AddressLinkedElsewhere,
                AddressField,
                "address is linked to another person. Unlink it there first, or join the two with MergePeople.");
        }

        if (!IsFree(found))
        {
            throw new RequestException(
                ProblemReason.AddressHasPerson,
                AddressField,
                "address has a history as a person of its own. Join the two with MergePeople, the address as "
                + "source_person_id.");
        }
    }

    /// <summary>Whether nothing is known of the person that would be lost.</summary>
    private static bool IsFree(PersonRecord record) =>
        !record.IsLasting
        && record.Person.Ledger.Contacts.IsEmpty
        && record.Person.Ledger.Events.IsEmpty
        && record.Person.Snoozes.IsEmpty;

    private (PersonName Person, PersonName Address, Instant Called) Read(string? personId, string? address, Instant? at)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        PersonName? person = Names.Read(personId, PersonField, problems);
        PersonName? name = Names.ReadAddress(address, AddressField, problems);
        problems.ThrowIfAny();
        return (person!, name!, called);
    }
}
