using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>A person's record with every hash in it brought under the newest key.</summary>
/// <remarks>Without the facts that waited for the journal, which <see cref="KeyRotation"/> has seen to.</remarks>
internal sealed class PersonRotation(HashRotation hashes)
{
    private readonly AnswerRotation answers = new(hashes);

    public PersonRecord Of(PersonRecord record) => record with
    {
        Person = Of(record.Person),
        Outbox = [],
        Answers = [.. record.Answers.Select(kept => new PackedAnswer(answers.Of(kept.Open())))],
        Aliases = [.. record.Aliases.Select(Of)],
        Moved = record.Moved is { } moved
            ? moved with { To = hashes.Of(moved.To), Content = Of(moved.Content) }
            : null,
    };

    private Person Of(Person person) => person with
    {
        Ledger = Ledger.Of(person.Ledger.Contacts.Select(hashes.Of), person.Ledger.Events.Select(hashes.Of)),
        Pools = person.Pools.ToImmutableSortedDictionary(
            static pool => pool.Key,
            pool => pool.Value with { Key = hashes.Of(pool.Value.Key) },
            StringComparer.Ordinal),
    };

    private Alias Of(Alias alias) => alias with
    {
        Key = hashes.Of(alias.Key),
        Through = hashes.Of(alias.Through),
        Gained = Of(alias.Gained),
        Lost = Of(alias.Lost),
        Parting = Of(alias.Parting),
    };

    /// <summary>Of a record within a record.</summary>
    private ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> content) =>
        content.IsEmpty ? content : PersonCodec.Write(Of(PersonCodec.Read(content)));
}
