using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Merging;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>All that is stored of one person: what decisions need, and what makes calls safe to repeat.</summary>
internal sealed record PersonRecord
{
    /// <summary>The most answers that are remembered for one person, of those that counted a contact.</summary>
    public const int CountedAnswersMax = 512;

    /// <summary>
    /// The most of all others. Beyond it the oldest is forgotten: repeating its call counts nothing twice.
    /// </summary>
    public const int OtherAnswersMax = 512;

    public static PersonRecord Unknown { get; } = new();

    public Person Person { get; init; } = Person.Unknown;

    /// <summary>The latest time at which this person was dealt with.</summary>
    public Instant LastSeen { get; init; } = NodaConstants.UnixEpoch;

    /// <summary>The number of the latest contact ever, forgotten ones included.</summary>
    public ContactNumber LastNumber { get; init; }

    /// <summary>Answers to calls with a request id, oldest first.</summary>
    public ImmutableArray<PackedAnswer> Answers { get; init; } = [];

    /// <summary>
    /// Facts that are not in the journal for certain yet. A change finds none here and leaves its own.
    /// </summary>
    public ImmutableArray<JournalFact> Outbox { get; init; } = [];

    /// <summary>What the person said, oldest first.</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>How many there were before those.</summary>
    public int HistoryForgotten { get; init; }

    /// <summary>
    /// Who asked and was denied, by the latest time: those who gave a request id, for a denial is not stored without.
    /// </summary>
    public ImmutableArray<Refusals> Refusals { get; init; } = [];

    /// <summary>The person's other names, in the order in which they came.</summary>
    public ImmutableArray<Alias> Aliases { get; init; } = [];

    /// <summary>Not null: this is but another name of a person who is kept elsewhere.</summary>
    public Moved? Moved { get; init; }

    /// <summary>The erasure by which it was emptied; empty: none.</summary>
    public string Erasure { get; init; } = "";

    /// <summary>
    /// What the journal has of before is not told to whoever asks for this person: the day after they were erased.
    /// Null: they never were.
    /// </summary>
    public Instant? ToldFrom { get; init; }

    /// <summary>Which record it is. Not stored in it; so it is below.</summary>
    public PersonKey Key { get; init; }

    /// <summary>The name by which the caller asked: <see cref="Key"/>, or one of <see cref="Aliases"/>.</summary>
    public PersonKey Via { get; init; }

    /// <summary>Whether the person of whom the caller spoke is the one that is kept here.</summary>
    public bool IsHere => Moved is null && (Via == Key || AliasOf(Via) is { IsAnsweredHere: true });

    /// <summary>Whether forgetting the record would change any answer but for its contacts.</summary>
    public bool IsLasting =>
        History.Length > 0
        || Person.Statements.Items.Length > 0
        || Aliases.Length > 0
        || Moved is not null
        || ToldFrom is not null
        || Person.Limits.Length > 0
        || Person.Consents.Length > 0
        || Person.Holds.Count > 0
        || Person.Pools.Count > 0
        || Person.Attributes.Count > 0
        || Person.Zone is not null
        || Person.Zones.Length > 0
        || Person.QuietTimes.Length > 0
        || Person.Country is not null;

    /// <summary>With something more that the person said.</summary>
    public PersonRecord Hearing(HistoryEntry entry)
    {
        bool isFull = History.Length >= HistoryEntry.EntriesMax;
        return this with
        {
            History = (isFull ? History.RemoveAt(0) : History).Add(entry),
            HistoryForgotten = HistoryForgotten + (isFull ? 1 : 0),
        };
    }

    /// <summary>With one more contact, the latest of all.</summary>
    public PersonRecord With(LedgerContact contact) => this with
    {
        LastNumber = contact.Number,
        Person = Person with { Ledger = Person.Ledger.Add(contact) },
    };

    /// <summary>With the actor named in what is told of this instant.</summary>
    public PersonRecord HeardBy(Actor actor, Instant now) =>
        History is not [.., { By: null } last] || last.At != now
            ? this
            : this with
            {
                History =
                [
                    .. History.Select(entry => entry.At == now && entry.By is null
                        ? entry with { By = actor.Name, Through = actor.Through }
                        : entry),
                ],
            };

    /// <summary>What this request was answered when it was asked by the same name; null: it was not.</summary>
    public KeptAnswer? AnswerTo(string request)
    {
        foreach (PackedAnswer packed in Answers)
        {
            if (packed.MayAnswer(request)
                && packed.Open() is var answer && answer.Request == request && (answer.Via ?? Key) == Via)
            {
                return answer;
            }
        }

        return null;
    }

    /// <summary>Null: the person has no such name.</summary>
    public Alias? AliasOf(PersonKey name)
    {
        foreach (Alias alias in Aliases)
        {
            if (alias.Key == name)
            {
                return alias;
            }
        }

        return null;
    }

    /// <summary>The contact that an id means which has this number; null: none that is known.</summary>
    public LedgerContact? Find(ContactNumber number) =>
        Person.Ledger.Find(Via != Key && AliasOf(Via) is { } alias ? alias.NumberOf(number) : number);
}
