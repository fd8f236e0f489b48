using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Batches;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Many people at once.</summary>
/// <remarks>
/// What is quick is done together: the turns that nobody has, one load, one save of all that changed. Whoever is not so
/// lucky (somebody else's turn, a save refused, facts for the journal, a guess that proves nothing) is changed as
/// <see cref="ChangeAsync"/> does it, so that nothing is promised here that is not promised there.
/// </remarks>
internal sealed partial class PersonStore
{
    /// <summary>What is stored of each, in their order.</summary>
    public async ValueTask<BatchAnswer<PersonRecord>[]> LoadManyAsync(
        IReadOnlyList<PersonKey> people, CancellationToken cancellation)
    {
        readiness.Require();
        StoreAnswer<Record>[] stored = await records
            .LoadManyAsync([.. people.Select(KeyOf)], cancellation).ConfigureAwait(false);
        BatchAnswer<PersonRecord>[] loaded = new BatchAnswer<PersonRecord>[people.Count];
        for (int i = 0; i < loaded.Length; i++)
        {
            loaded[i] = stored[i].Failure is { } failure
                ? BatchAnswer<PersonRecord>.Of(failure)
                : await FollowedAsync(Decode(Trail.To(people[i]), See(people[i], stored[i].Value!)))
                    .ConfigureAwait(false);
        }

        return loaded;

        async ValueTask<BatchAnswer<PersonRecord>> FollowedAsync(PersonRecord record)
        {
            try
            {
                return new(
                    record.IsHere ? record : await LoadAsync(record.Key, cancellation).ConfigureAwait(false), null);
            }
            catch (Exception failure) when (failure is RequestException or StoreException)
            {
                return BatchAnswer<PersonRecord>.Of(failure);
            }
        }
    }

    /// <summary>Changes each as <see cref="ChangeAsync"/> does; what fails for one leaves others alone.</summary>
    /// <returns>An answer for each change, in their order.</returns>
    public async ValueTask<BatchAnswer<TResult>[]> ChangeManyAsync<TResult>(
        IReadOnlyList<PersonChange<TResult>> changes, Policy policy, CancellationToken cancellation)
        where TResult : class
    {
        readiness.Require();
        BatchAnswer<TResult>[] answers = new BatchAnswer<TResult>[changes.Count];
        List<int> taken = new(changes.Count);
        List<int> rest = [];
        Turns<PersonKey>.Holder[] held = new Turns<PersonKey>.Holder[changes.Count];
        try
        {
            for (int i = 0; i < changes.Count; i++)
            {
                (turns.TryTake(changes[i].Person, out held[i]) ? taken : rest).Add(i);
            }

            await ChangeTogetherAsync(changes, taken, rest, answers, policy, cancellation).ConfigureAwait(false);
        }
        finally
        {
            taken.ForEach(i => held[i].Dispose());
        }

        await Task.WhenAll(rest.Select(
            async i => answers[i] = await ChangeAloneAsync(changes[i]).ConfigureAwait(false))).ConfigureAwait(false);
        return answers;

        async Task<BatchAnswer<TResult>> ChangeAloneAsync(PersonChange<TResult> change)
        {
            try
            {
                return new(await ChangeAsync(change.Person, change.Now, policy, change.Make, cancellation)
                    .ConfigureAwait(false), null);
            }
            catch (Exception failure) when (failure is RequestException or StoreException)
            {
                return BatchAnswer<TResult>.Of(failure);
            }
        }
    }

    /// <inheritdoc cref="Upkeep.Later"/>
    public Instant Later(Instant now, Instant lastSeen) => upkeep.Later(now, lastSeen);

    /// <inheritdoc cref="Upkeep.Settle"/>
    public PersonRecord Settle(PersonRecord made, Instant now, Policy policy) => upkeep.Settle(made, now, policy);

    /// <param name="changes">All.</param>
    /// <param name="taken">Which of them have their turn.</param>
    /// <param name="rest">Takes those that have to be made alone.</param>
    /// <param name="answers">Takes the answers to the others.</param>
    /// <param name="policy">In force.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async ValueTask ChangeTogetherAsync<TResult>(
        IReadOnlyList<PersonChange<TResult>> changes,
        List<int> taken,
        List<int> rest,
        BatchAnswer<TResult>[] answers,
        Policy policy,
        CancellationToken cancellation)
        where TResult : class
    {
        long came = known.Draw();
        StoreAnswer<KnownPerson>[] found = await FindManyAsync(
            [.. taken.Select(i => changes[i].Person)], cancellation).ConfigureAwait(false);
        List<(int Change, KnownPerson Current, Draft<TResult> Draft)> drafts = new(taken.Count);
        for (int at = 0; at < taken.Count; at++)
        {
            int i = taken[at];
            if (found[at].Value is not { } current)
            {
                answers[i] = BatchAnswer<TResult>.Of(found[at].Failure!);
            }
            else if (MakeOrLeave(changes[i], current, came, policy, ref answers[i]) is { } draft)
            {
                drafts.Add((i, current, draft));
            }
            else if (!answers[i].IsGiven)
            {
                rest.Add(i);
            }
        }

        if (drafts.Count > 0)
        {
            await SaveTogetherAsync(changes, drafts, came, rest, answers, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask SaveTogetherAsync<TResult>(
        IReadOnlyList<PersonChange<TResult>> changes,
        List<(int Change, KnownPerson Current, Draft<TResult> Draft)> drafts,
        long came,
        List<int> rest,
        BatchAnswer<TResult>[] answers,
        CancellationToken cancellation)
        where TResult : class
    {
        List<RecordSave> saves = drafts.ConvertAll(one => new RecordSave(
            KeyOf(changes[one.Change].Person),
            one.Current.Record.Version,
            one.Draft.Save!.Bytes,
            one.Draft.Save.Expires));
        StoreAnswer<SaveResult>[] saved = await records
            .TrySaveManyAsync(saves, cancellation).ConfigureAwait(false);
        for (int at = 0; at < saved.Length; at++)
        {
            (int i, KnownPerson current, Draft<TResult> draft) = drafts[at];
            answers[i] = Settle(changes[i], draft, current.IsGuess(came), saved[at]);
            if (!answers[i].IsGiven)
            {
                rest.Add(i);
            }
        }
    }

    /// <summary>The answer, if the save was done or has failed; none if it was refused.</summary>
    private BatchAnswer<TResult> Settle<TResult>(
        PersonChange<TResult> change, Draft<TResult> draft, bool isGuess, StoreAnswer<SaveResult> saved)
        where TResult : class
    {
        PersonSave save = draft.Save!;
        switch (saved.Value)
        {
            case SaveResult.Saved done:
                Tried(1, isGuess, isSaved: true);
                meter.Saved(save.Bytes.Length, save.Contacts, save.Tally, save.Outbox);
                Keep(change.Person, new KnownPerson(new Record(done.Version, save.Bytes), true));
                return new(draft.Result, null);
            case SaveResult.Conflict conflict:
                Tried(1, isGuess, isSaved: false);
                See(change.Person, conflict.Current);
                return default;
            default:
                return BatchAnswer<TResult>.Of(saved.Failure!);
        }
    }

    /// <summary>A draft to be saved; null: the answer is given, or else the change has to be made alone.</summary>
    private Draft<TResult>? MakeOrLeave<TResult>(
        PersonChange<TResult> change,
        KnownPerson current,
        long came,
        Policy policy,
        ref BatchAnswer<TResult> answer)
        where TResult : class
    {
        bool isGuess = current.IsGuess(came);
        try
        {
            Draft<TResult> draft = Make(
                Trail.To(change.Person), current, change.Now, policy, change.Make);
            if (draft.IsElsewhere || draft.Before.Outbox.Length > 0)
            {
                return null;
            }

            if (draft.Save is { Outbox.Count: 0 })
            {
                return draft;
            }

            if (draft.Save is null && !isGuess)
            {
                answer = new(draft.Result, null);
            }

            return null;
        }
        catch (RequestException refusal)
        {
            if (!isGuess)
            {
                answer = BatchAnswer<TResult>.Of(refusal);
            }

            return null;
        }
    }

    /// <summary>What is stored of each, or guessed to be.</summary>
    private async ValueTask<StoreAnswer<KnownPerson>[]> FindManyAsync(
        IReadOnlyList<PersonKey> people, CancellationToken cancellation)
    {
        StoreAnswer<KnownPerson>[] found = new StoreAnswer<KnownPerson>[people.Count];
        List<int> sought = [];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = new(GuessAt(people[i]), null);
            if (found[i].Value is null)
            {
                sought.Add(i);
            }
        }

        if (sought.Count == 0)
        {
            return found;
        }

        long asOf = known.Draw();
        StoreAnswer<Record>[] stored = await records
            .LoadManyAsync([.. sought.Select(i => KeyOf(people[i]))], cancellation).ConfigureAwait(false);
        for (int at = 0; at < stored.Length; at++)
        {
            int i = sought[at];
            found[i] = new(
                stored[at].Value is { } record ? Met(See(people[i], record, asOf)) : null, stored[at].Failure);
        }

        return found;
    }
}
