using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>
/// Another name of a person: a record that points, maybe over others, to the one that this is kept in.
/// </summary>
/// <param name="Key">Of that record.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Merge">Which merge made it; empty: none, it is a link.</param>
/// <param name="At">When it was linked or joined.</param>
internal sealed record Alias(PersonKey Key, AliasKind Kind, AliasState State, string Merge, Instant At)
{
    /// <summary>The most names that one person has besides their own.</summary>
    public const int AliasesMax = 64;

    /// <summary>For how long a merge can be undone.</summary>
    public static Duration UndoKept { get; } = Duration.FromDays(30);

    /// <summary>The joined person by whom it came here; null: it was linked or joined to this one itself.</summary>
    public PersonKey? Through { get; init; }

    /// <summary>
    /// The contacts that had to take other numbers, because theirs were taken: from the numbers that ids of this name
    /// have to those in the ledger.
    /// </summary>
    public ImmutableSortedDictionary<long, long> Numbers { get; init; } = ImmutableSortedDictionary<long, long>.Empty;

    /// <summary>What the person came to by the join, as a record; empty: it can no longer be undone.</summary>
    public ReadOnlyMemory<byte> Gained { get; init; }

    /// <summary>What the person lost by it, as a record.</summary>
    public ReadOnlyMemory<byte> Lost { get; init; }

    /// <summary>The record of a person who leaves, to be put in place.</summary>
    public ReadOnlyMemory<byte> Parting { get; init; }

    /// <summary>Whether calls by this name are answered here.</summary>
    public bool IsAnsweredHere => State is AliasState.Linked or AliasState.Joined;

    /// <summary>The contact in the ledger that ids of this name mean by a number.</summary>
    public ContactNumber NumberOf(ContactNumber number) =>
        Numbers.TryGetValue(number.Value, out long other) ? new ContactNumber(other) : number;

    /// <summary>No more than whose name it is.</summary>
    public Alias Bare() => this with
    {
        Numbers = ImmutableSortedDictionary<long, long>.Empty, Gained = default, Lost = default, Parting = default,
    };

    /// <summary>Without what only undoing needs, once it is too late for that.</summary>
    public Alias Settled(Instant now) => Gained.IsEmpty && Lost.IsEmpty || now - At <= UndoKept
        ? this
        : this with { Gained = default, Lost = default };
}
