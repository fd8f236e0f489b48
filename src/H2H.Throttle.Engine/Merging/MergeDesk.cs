using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Where people are joined who turn out to be one, and parted again. Safe from any thread.</summary>
/// <remarks>
/// One at a time, on all servers together; how is told at <see cref="Settler"/>. Throws what <see cref="Throttler"/>
/// throws.
/// </remarks>
public sealed class MergeDesk
{
    private const string SourceField = "source_person_id";
    private const string TargetField = "target_person_id";
    private const string PersonField = "person_id";
    private const int FollowMax = 16;

    private readonly PersonStore people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly MergeTurn turn;
    private readonly MergeEnd ending;
    private readonly Actor? actor;

    internal MergeDesk(
        PersonStore people,
        PolicyShelf policies,
        IdentityHasher hasher,
        RequestClock clock,
        MergeTurn turn,
        MergeEnd ending,
        Actor? actor = null) =>
        (this.people, this.policies, this.hasher, this.clock, this.turn, this.ending, this.actor) =
        (people, policies, hasher, clock, turn, ending, actor);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public MergeDesk By(Actor by) => new(people, policies, hasher, clock, turn, ending, by);

    private Policy Policy => policies.Current.Policy;

    private PersonNames Names => new(hasher, Policy.Mailboxes);

    /// <summary>Joins the source into the target: from then on the names of both are names of one person.</summary>
    /// <param name="sourceId">Whose contacts, words and names go over.</param>
    /// <param name="targetId">To whom. Joining the same two again is no error.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change. So it is below.</param>
    public async ValueTask<Merge> MergeAsync(
        string? sourceId, string? targetId, Instant? at, CancellationToken cancellation)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        PersonName? source = Names.Read(sourceId, SourceField, problems);
        PersonName? target = Names.Read(targetId, TargetField, problems);
        problems.ThrowIfAny();
        Candidates found = await FindAsync(source!, target!, cancellation).ConfigureAwait(false);
        if (found.Before is { } before)
        {
            return before;
        }

        PendingChange change = PendingChange.Merge(found.Source.Key, found.Target.Key, called) with
        {
            Signatory = Signatory.Of(actor),
        };
        return await turn.TakeAsync(
            change,
            () => MergeInTurnAsync(change, source!, target!, cancellation),
            other => ending.EndAsync(other, cancellation),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Parts again who was joined, as <see cref="Parting"/> tells.</summary>
    /// <param name="personId">The source of the merge.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The source.</returns>
    public async ValueTask<NamedPerson> UndoAsync(string? personId, Instant? at, CancellationToken cancellation)
    {
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        PersonName? name = Names.Read(personId, PersonField, problems);
        problems.ThrowIfAny();
        PersonRecord source = await FindMergedAsync(name!.Key, called, cancellation).ConfigureAwait(false);

        PendingChange change = PendingChange.Undo(source.Key, source.Moved!.To, source.Moved.Merge, called) with
        {
            Signatory = Signatory.Of(actor),
        };
        await turn.TakeAsync(
            change,
            () => UndoInTurnAsync(change, cancellation),
            other => ending.EndAsync(other, cancellation),
            cancellation).ConfigureAwait(false);
        return NamedPerson.Of(await people.LoadAsync(source.Key, cancellation).ConfigureAwait(false));
    }

    private async ValueTask<Merge> MergeInTurnAsync(
        PendingChange change, PersonName sourceName, PersonName targetName, CancellationToken cancellation)
    {
        Candidates found = await FindAsync(sourceName, targetName, cancellation).ConfigureAwait(false);
        if (found.Before is { } before)
        {
            return before;
        }

        (PersonRecord source, PersonRecord target, _) = found;
        if (source.Key != change.SourceKey || target.Key != change.TargetKey)
        {
            throw MergeTurn.Contended();
        }

        RequireRoom(source, target);
        Instant now = Instant.FromUnixTimeTicks(change.At);
        Alias coming = new(source.Key, sourceName.Kind, AliasState.Coming, change.Id, now);
        target = await people.StepAsync(
            target.Key,
            Policy,
            record => record.Moved is null ? record with { Aliases = record.Aliases.Add(coming) } : null,
            cancellation).ConfigureAwait(false);
        if (target.Moved is not null || !await turn.IsStillAsync(change, cancellation).ConfigureAwait(false))
        {
            throw MergeTurn.Contended();
        }

        PersonRecord closed = await people.StepAsync(
            source.Key, Policy, record => Closed(record, change, now), cancellation).ConfigureAwait(false);
        await people.SettleAsync([closed], cancellation).ConfigureAwait(false);
        target = await people.LoadAsync(target.Key, cancellation).ConfigureAwait(false);
        return target.AliasOf(source.Key) is { State: AliasState.Joined } joined
            ? MergeOf(target, joined)
            : throw MergeTurn.Contended();
    }

    private static PersonRecord? Closed(PersonRecord record, PendingChange change, Instant now) =>
        record.Moved is not null ? null : PersonRecord.Unknown with
        {
            Key = record.Key,
            Via = record.Via,
            LastSeen = record.LastSeen,
            LastNumber = record.LastNumber,
            ToldFrom = record.ToldFrom,
            Moved = new Moved(change.TargetKey, change.Id, now, IsDone: false)
            {
                Content = Contents.Write(record),
                By = change.Signatory,
            },
        };

    private async ValueTask<bool> UndoInTurnAsync(PendingChange change, CancellationToken cancellation)
    {
        Instant now = Instant.FromUnixTimeTicks(change.At);
        PersonRecord source = await people.LookAsync(change.SourceKey, cancellation).ConfigureAwait(false);
        if (source.Moved is not { IsDone: true } moved || moved.Merge != change.Id)
        {
            throw Unknown();
        }

        PersonRecord kept = Contents.Read(source.Key, moved.Content);
        PersonRecord target = await people.StepAsync(change.TargetKey, Policy, Part, cancellation)
            .ConfigureAwait(false);
        if (target.Moved is not null)
        {
            throw new RequestException(
                ProblemReason.MergeCovered,
                PersonField,
                "The person they were joined into has been joined into another since; undo that merge first.");
        }

        await people.SettleAsync([target], cancellation).ConfigureAwait(false);
        return true;

        PersonRecord? Part(PersonRecord record) =>
            record.Moved is null && record.AliasOf(source.Key) is { State: AliasState.Joined } alias
                ? Parting.Of(record, alias, kept, now).Target with
                {
                    Outbox = MergeFacts.OfMerge(MergeFacts.Undone, change, now),
                }
                : null;
    }

    /// <summary>Who the two are by now, or the merge that made them one.</summary>
    /// <exception cref="RequestException">They are one person otherwise.</exception>
    private async ValueTask<Candidates> FindAsync(
        PersonName sourceName, PersonName targetName, CancellationToken cancellation)
    {
        PersonRecord source = await people.LoadAsync(sourceName.Key, cancellation).ConfigureAwait(false);
        PersonRecord target = await people.LoadAsync(targetName.Key, cancellation).ConfigureAwait(false);
        if (source.Key != target.Key)
        {
            return new Candidates(source, target, null);
        }

        return source.AliasOf(source.Via) is { State: AliasState.Joined } joined
            && (target.Via == target.Key || target.AliasOf(target.Via) is { State: AliasState.Linked })
            ? new Candidates(source, target, MergeOf(target, joined))
            : throw new RequestException(
                ProblemReason.PeopleAlreadyOne,
                SourceField,
                "source_person_id and target_person_id are one person already; name two.");
    }

    private async ValueTask<PersonRecord> FindMergedAsync(
        PersonKey person, Instant now, CancellationToken cancellation)
    {
        await people.LoadAsync(person, cancellation).ConfigureAwait(false);   // ends what was broken off
        for (int hops = 0; hops < FollowMax; hops++)
        {
            PersonRecord record = await people.LookAsync(person, cancellation).ConfigureAwait(false);
            if (record.Moved is not { } moved)
            {
                throw Unknown();
            }

            if (moved.Merge.Length > 0)
            {
                return !moved.Content.IsEmpty && now - moved.At <= Alias.UndoKept ? record : throw TooLate();
            }

            person = moved.To;
        }

        throw MergeTurn.Contended();
    }

    private static void RequireRoom(PersonRecord source, PersonRecord target)
    {
        if (source.Aliases.Length + target.Aliases.Length + 1 > Alias.AliasesMax)
        {
            throw AddressDesk.TooManyNames(SourceField);
        }

        if (UnionOfPeople.LackOfRoom(target.Person, source.Person) is { } lack)
        {
            throw new RequestException(
                ProblemReason.RecordFull, SourceField, $"The two cannot be one person: {lack}.");
        }
    }

    private static Merge MergeOf(PersonRecord target, Alias joined) =>
        new(joined.Merge, NamedPerson.Of(target), joined.At + Alias.UndoKept);

    private static RequestException Unknown() => new(
        ProblemReason.MergeUnknown,
        PersonField,
        "person_id is of nobody who was joined into another; give the source of the merge. A linked address is taken "
        + "back with UnlinkAddress.");

    private static RequestException TooLate() => new(
        ProblemReason.MergeTooOld,
        PersonField,
        $"They were joined more than {(int)Alias.UndoKept.TotalDays} days ago; what undoing needs is not kept longer.");

    private readonly record struct Candidates(PersonRecord Source, PersonRecord Target, Merge? Before);
}
