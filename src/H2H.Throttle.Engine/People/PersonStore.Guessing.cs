using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What is taken for stored before anybody has looked.</summary>
internal sealed partial class PersonStore
{
    /// <summary>
    /// What is stored of a person, if that is known without a look or easily guessed; null: it has to be looked for.
    /// </summary>
    /// <remarks>
    /// Of a store elsewhere, what this process last saw of the person, or nothing: a save that is refused costs no more
    /// than a look. Of one in this process, what it has at hand; of others nothing, if most are newcomers.
    /// </remarks>
    private KnownPerson? GuessAt(PersonKey person)
    {
        if (!records.IsInProcess)
        {
            return known.Find(person) ?? KnownPerson.New;
        }

        long asOf = known.Draw();
        return records.Recall(KeyOf(person)) is { } record ? See(person, record, asOf)
            : newcomers.AreUsual ? KnownPerson.New
            : null;
    }

    /// <summary>Somebody who had to be looked for.</summary>
    private KnownPerson Met(KnownPerson found)
    {
        newcomers.Meet(isNew: !found.Record.Exists);
        return found;
    }

    /// <inheritdoc cref="Telemetry.ChangeMeter.TriedSaving"/>
    private void Tried(int saves, bool isGuess, bool isSaved)
    {
        meter.TriedSaving(saves, isGuess, isSaved);
        if (isGuess)
        {
            newcomers.Meet(isNew: isSaved);
        }
    }

    /// <summary>Null if the guess leads to a refusal, which what is stored may not lead to.</summary>
    private Draft<TResult>? Guess<TResult>(
        Trail trail,
        KnownPerson guess,
        Instant now,
        Policy policy,
        Func<PersonRecord, Instant, Change<TResult>> change)
    {
        try
        {
            return Make(trail, guess, now, policy, change);
        }
        catch (RequestException)
        {
            return null;
        }
    }
}
