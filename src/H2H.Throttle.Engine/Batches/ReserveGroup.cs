using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Batches;

/// <summary>All that one batch asks to reserve for one person, in order: one change of the record.</summary>
/// <param name="people">Whose record it is in.</param>
/// <param name="index">Of the first item in the batch.</param>
/// <param name="first">The first item.</param>
internal sealed class ReserveGroup(PersonStore people, int index, Reserving first)
{
    private readonly List<(int Index, Reserving Asked)> items = [(index, first)];

    /// <summary>Each item and its place in the batch.</summary>
    public IReadOnlyList<(int Index, Reserving Asked)> Items => items;

    public PersonKey Person => first.Person;

    private Policy Policy => first.Policy;

    public void Add(int place, Reserving asked) => items.Add((place, asked));

    /// <summary>The latest time of a call, which is when the record was dealt with last.</summary>
    public PersonChange<GroupAnswer> Change() => new(Person, items.Max(static item => item.Asked.Now), Make);

    private Change<GroupAnswer> Make(PersonRecord record, Instant now)
    {
        if (!Membership.Of(record.Person, Policy).IsEmpty)
        {
            return new(GroupAnswer.InPools, null);
        }

        return items.Count == 1 ? MakeOnly(record, now) : MakeAll(record);
    }

    private Change<GroupAnswer> MakeOnly(PersonRecord record, Instant now)
    {
        Change<ReserveResult> made = first.Make(record, now);
        return new(new GroupAnswer([new(made.Result, null)], [made.IsRepeated]), made.Record, made.IsRepeated);
    }

    private Change<GroupAnswer> MakeAll(PersonRecord record)
    {
        BatchAnswer<ReserveResult>[] answers = new BatchAnswer<ReserveResult>[items.Count];
        PersonRecord? after = null;
        ImmutableArray<JournalFact> facts = [];
        bool[] repeated = new bool[items.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            try
            {
                Change<ReserveResult> made = MakeOne(items[i].Asked, after ?? record);
                answers[i] = new(made.Result, null);
                repeated[i] = made.IsRepeated;
                if (made.Record is { } changed)
                {
                    facts = facts.AddRange(changed.Outbox);
                    after = changed with { Outbox = [] };
                }
            }
            catch (RequestException refusal)
            {
                answers[i] = BatchAnswer<ReserveResult>.Of(refusal);
            }
        }

        return new(
            new GroupAnswer(answers, repeated),
            after is null ? null : after with { Outbox = facts },
            repeated.Contains(true));
    }

    /// <summary>As if the record were saved and loaded again between any two.</summary>
    private Change<ReserveResult> MakeOne(Reserving asked, PersonRecord record)
    {
        Instant then = people.Later(asked.Now, record.LastSeen);
        Change<ReserveResult> made = asked.Make(record, then);
        return made.Record is { } changed
            ? made with { Record = people.Settle(changed, then, Policy) }
            : made;
    }
}
