using System.Collections.Immutable;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>Plans several contacts of one person. Changes nothing. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class Planner
{
    private const string Field = "contact";

    private readonly PooledPeople people;
    private readonly PolicyShelf policies;
    private readonly RequestClock clock;
    private readonly AskedReader reader;

    internal Planner(
        PooledPeople people, PolicyShelf policies, ListShelf lists, IdentityHasher hasher, RequestClock clock) =>
        (this.people, this.policies, this.clock, reader) = (people, policies, clock, new AskedReader(hasher, lists));

    /// <param name="drafts">The contacts; not planned, outwards, of one person.</param>
    /// <param name="from">Where to start; null: at the time of the call.</param>
    /// <param name="until">Where to stop, excluded; null: seven days later.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<PlanResult> PlanAsync(
        ImmutableArray<ContactDraft> drafts, Instant? from, Instant? until, Instant? at, CancellationToken cancellation)
    {
        PolicyInForce version = policies.Current;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        (Instant start, Instant end) = problems.ReadSpan(from, until, called);
        problems.Require(
            drafts.Length is >= 1 and <= RequestBounds.PlannedContactsMax,
            ProblemReason.ContactsOutOfRange,
            "contacts",
            $"contacts has {drafts.Length}; give 1 to {RequestBounds.PlannedContactsMax}.");
        problems.ThrowIfAny();
        ImmutableArray<Asked> asked = Read(drafts, called, version);

        PersonRecord record = await people.LoadAsync(asked[0].Person, version.Policy, called, cancellation)
            .ConfigureAwait(false);

        if (record.Person.Ledger.Contacts.Length + asked.Length > Ledger.ContactsMax)
        {
            throw new RequestException(
                ProblemReason.RecordFull,
                "contacts",
                $"The person has so many contacts that rules still look at that these would make it more than "
                + $"{Ledger.ContactsMax}; no more can be planned.");
        }

        Instant now = Instant.Max(called, record.LastSeen);
        Instant first = Instant.Max(start, now);
        Interval span = new(first, Instant.Max(first, end));
        ImmutableArray<Attempt> attempts = [.. asked.Select(one => one.At(now)).Select(one => AsOf(one, first))];
        Plan plan = Decider.Plan(
            version.Policy, record.Person, attempts, now, span, RequestBounds.TimeToLiveDefault);
        return new PlanResult(
            record.Key, [.. plan.Placements.Select(one => Write(one, version, first))], plan.MayBeBeaten);
    }

    /// <exception cref="RequestException">Something is wrong with some of them: all of it is told.</exception>
    private ImmutableArray<Asked> Read(ImmutableArray<ContactDraft> drafts, Instant called, PolicyInForce version)
    {
        Problems all = new();
        ImmutableArray<Asked>.Builder asked = ImmutableArray.CreateBuilder<Asked>(drafts.Length);
        for (int i = 0; i < drafts.Length; i++)
        {
            try
            {
                asked.Add(Read(drafts[i], called, version));
            }
            catch (RequestException request)
            {
                foreach (Problem problem in request.Problems)
                {
                    string place = $"contacts[{i}]";
                    string message = problem.Message.Replace($"{Field}.", $"{place}.", StringComparison.Ordinal);
                    all.Add(problem.Reason, place + problem.Field[Field.Length..], message);
                }
            }
        }

        for (int i = 1; i < asked.Count; i++)
        {
            all.Require(
                asked[i].Person.Equals(asked[0].Person),
                ProblemReason.PeopleDiffer,
                $"contacts[{i}].person_id",
                $"contacts[{i}].person_id is not that of contacts[0]; plan for one person at a time.");
        }

        all.ThrowIfAny();
        return asked.ToImmutable();
    }

    private Asked Read(ContactDraft draft, Instant called, PolicyInForce version)
    {
        Problems problems = new();
        problems.Require(
            draft.PlannedAt is null,
            ProblemReason.FieldNotAllowed,
            $"{Field}.planned_at",
            "Give from and until instead.");
        problems.Require(
            draft.Direction is Direction.Out,
            ProblemReason.FieldNotAllowed,
            $"{Field}.direction",
            "Only a contact that goes out can be planned.");
        return reader.Read(draft with { PlannedAt = null }, called, null, version, problems);
    }

    private static Attempt AsOf(Attempt attempt, Instant at) =>
        new(attempt.Traits, at, attempt.Weight, attempt.OverrideReason) { Lists = attempt.Lists };

    private static PlannedContact Write(Placement placement, PolicyInForce version, Instant at) => new(
        placement.Index,
        placement.At,
        placement.AtStart is { } decision ? Verdict.Of(decision, version, at) : null,
        placement.Cautions);
}
