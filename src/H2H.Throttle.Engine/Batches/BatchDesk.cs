using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Shadows;
using H2H.Throttle.Engine.Telemetry;

namespace H2H.Throttle.Engine.Batches;

/// <summary>
/// Answers many questions at once, each as <see cref="Throttler"/> would: one load and one save for each person.
/// Safe from any thread.
/// </summary>
/// <remarks>
/// Contacts of one person are judged and counted in their order. What is wrong with one item, or fails for one person,
/// leaves the others alone. How many items there may be is for the caller to bound.
/// </remarks>
public sealed class BatchDesk
{
    private PersonStore people;
    private PooledPeople pooled;
    private readonly PolicyShelf policies;
    private readonly ShadowDesk shadows;
    private readonly RequestClock clock;
    private readonly DecisionMeter meter;
    private readonly AskedReader reader;
    private readonly ReservingReader reservings;

    internal BatchDesk(
        PersonStore people,
        PooledPeople pooled,
        PolicyShelf policies,
        ListShelf lists,
        ShadowDesk shadows,
        IdentityHasher hasher,
        RequestClock clock,
        DecisionMeter meter)
    {
        (this.people, this.pooled, this.policies, this.shadows) = (people, pooled, policies, shadows);
        (this.clock, this.meter) = (clock, meter);
        reader = new AskedReader(hasher, lists);
        reservings = new ReservingReader(reader, hasher, clock, meter);
    }

    /// <summary>The same, for somebody whom the journal names.</summary>
    public BatchDesk By(Actor actor)
    {
        BatchDesk signing = (BatchDesk)MemberwiseClone();
        (signing.people, signing.pooled) = (people.By(actor), pooled.By(actor));
        return signing;
    }

    /// <summary>Would these contacts be allowed, each by itself? Changes nothing.</summary>
    /// <returns>An answer for each, in their order.</returns>
    /// <exception cref="StoreException">The policy is not known yet.</exception>
    public async ValueTask<BatchAnswer<CheckResult>[]> CheckAsync(
        IReadOnlyList<CheckDraft> drafts, CancellationToken cancellation)
    {
        PolicyInForce version = policies.Current;
        BatchAnswer<CheckResult>[] answers = new BatchAnswer<CheckResult>[drafts.Count];
        Dictionary<PersonKey, List<(int Index, Checking Asked)>> groups = new(drafts.Count);
        for (int i = 0; i < answers.Length; i++)
        {
            try
            {
                Checking asked = reader.Read(drafts[i], clock, version, meter);
                if (!groups.TryGetValue(asked.Person, out List<(int, Checking)>? group))
                {
                    groups.Add(asked.Person, group = new(1));
                }

                group.Add((i, asked));
            }
            catch (RequestException refusal)
            {
                answers[i] = BatchAnswer<CheckResult>.Of(refusal);
            }
        }

        await AnswerAsync(groups, version.Policy, answers, cancellation).ConfigureAwait(false);
        return answers;
    }

    /// <summary>Takes a slot for each of these contacts that is allowed; each counts for those after it.</summary>
    /// <returns>An answer for each, in their order.</returns>
    /// <exception cref="StoreException">The policy is not known yet.</exception>
    public async ValueTask<BatchAnswer<ReserveResult>[]> ReserveAsync(
        IReadOnlyList<ReserveDraft> drafts, CancellationToken cancellation)
    {
        PolicyInForce version = policies.Current;
        BatchAnswer<ReserveResult>[] answers = new BatchAnswer<ReserveResult>[drafts.Count];
        Dictionary<PersonKey, ReserveGroup> groups = new(drafts.Count);
        for (int i = 0; i < answers.Length; i++)
        {
            try
            {
                Reserving asked = reservings.Read(drafts[i], version);
                if (groups.TryGetValue(asked.Person, out ReserveGroup? group))
                {
                    group.Add(i, asked);
                }
                else
                {
                    groups.Add(asked.Person, new ReserveGroup(people, i, asked));
                }
            }
            catch (RequestException refusal)
            {
                answers[i] = BatchAnswer<ReserveResult>.Of(refusal);
            }
        }

        ReserveGroup[] all = [.. groups.Values];
        BatchAnswer<GroupAnswer>[] made = await people
            .ChangeManyAsync([.. all.Select(static group => group.Change())], version.Policy, cancellation)
            .ConfigureAwait(false);
        await Task.WhenAll(all.Select((group, i) => GiveAsync(group, made[i], answers, cancellation)))
            .ConfigureAwait(false);
        return answers;
    }

    private async ValueTask AnswerAsync(
        Dictionary<PersonKey, List<(int Index, Checking Asked)>> groups,
        Policy policy,
        BatchAnswer<CheckResult>[] answers,
        CancellationToken cancellation)
    {
        PersonKey[] everyone = [.. groups.Keys];
        BatchAnswer<PersonRecord>[] loaded = await people
            .LoadManyAsync(everyone, cancellation).ConfigureAwait(false);
        for (int i = 0; i < everyone.Length; i++)
        {
            foreach ((int index, Checking asked) in groups[everyone[i]])
            {
                answers[index] = loaded[i].Result is not { } record
                    ? BatchAnswer<CheckResult>.Of(loaded[i].Failure!)
                    : Membership.Of(record.Person, policy).IsEmpty
                        ? new(asked.Answer(record), null)
                        : await AnswerInPoolsAsync(asked, cancellation).ConfigureAwait(false);
                if (answers[index].Result is { } given)
                {
                    meter.Decided(DecisionMeter.Check, asked.Asked.Traits, given.Verdict.Decision);
                }
            }
        }
    }

    private async ValueTask<BatchAnswer<CheckResult>> AnswerInPoolsAsync(
        Checking asked, CancellationToken cancellation)
    {
        try
        {
            return new(
                asked.Answer(await pooled
                    .LoadAsync(asked.Person, asked.Policy, asked.Now, cancellation).ConfigureAwait(false)),
                null);
        }
        catch (StoreException failure)
        {
            return BatchAnswer<CheckResult>.Of(failure);
        }
    }

    /// <summary>Gives each item of a group its answer; makes them one by one where that is the only way.</summary>
    private async Task GiveAsync(
        ReserveGroup group,
        BatchAnswer<GroupAnswer> made,
        BatchAnswer<ReserveResult>[] answers,
        CancellationToken cancellation)
    {
        bool isAlone = made.Result is { Items: null }
            || (made.Failure is RequestException && group.Items.Count > 1);   // which may be about one of them alone
        for (int i = 0; i < group.Items.Count; i++)
        {
            (int index, Reserving asked) = group.Items[i];
            (answers[index], bool isRepeated) = isAlone
                ? await MakeAloneAsync(asked, cancellation).ConfigureAwait(false)
                : made.Failure is { } failure ? (BatchAnswer<ReserveResult>.Of(failure), false)
                : (made.Result!.Items![i], made.Result.Repeated![i]);
            if (answers[index].Result is { } given && !isRepeated)
            {
                meter.Decided(DecisionMeter.Reserve, asked.Asked.Traits, given.Verdict.Decision);
                shadows.Count(asked, given);
            }
        }
    }

    private async ValueTask<(BatchAnswer<ReserveResult> Answer, bool IsRepeated)> MakeAloneAsync(
        Reserving asked, CancellationToken cancellation)
    {
        bool isRepeated = false;
        try
        {
            ReserveResult result = await pooled.ChangeAsync(
                asked.Person,
                asked.Now,
                asked.Policy,
                (record, now) => asked.Make(record, now).Noting(ref isRepeated),
                cancellation).ConfigureAwait(false);
            return (new(result, null), isRepeated);
        }
        catch (Exception failure) when (failure is RequestException or StoreException)
        {
            return (BatchAnswer<ReserveResult>.Of(failure), false);
        }
    }
}
