using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>A change of who is who that is being made, so that another server can end it if its own dies.</summary>
/// <param name="Id">Of the merge that is made or undone, or of the erasure; empty: nothing is being made.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Source">The key of the person who is joined or parted; of an erasure nobody.</param>
/// <param name="Target">The key of the person with whom.</param>
/// <param name="At">When, in ticks of 100 ns since 1970.</param>
/// <param name="Suppression">Of an erasure: what it leaves.</param>
internal sealed record PendingChange(
    string Id, PendingKind Kind, string Source, string Target, long At, Suppression Suppression)
{
    /// <summary>Who does it; null: not told.</summary>
    public Signatory? Signatory { get; init; }

    public static PendingChange None { get; } = new("", PendingKind.Merge, "", "", 0, Suppression.Everything);

    public static RecordKey Key { get; } = new("merge", "turn");

    [JsonIgnore]
    public PersonKey SourceKey => new(Source);

    [JsonIgnore]
    public PersonKey TargetKey => new(Target);

    public static PendingChange Merge(PersonKey source, PersonKey target, Instant at) => new(
        NewId(), PendingKind.Merge, source.Text, target.Text, at.ToUnixTimeTicks(), Suppression.Everything);

    /// <summary>The merge by which somebody moves.</summary>
    public static PendingChange Of(PersonKey source, Moved moved) => new(
        moved.Merge,
        PendingKind.Merge,
        source.Text,
        moved.To.Text,
        moved.At.ToUnixTimeTicks(),
        Suppression.Everything)
    {
        Signatory = moved.By,
    };

    public static PendingChange Undo(PersonKey source, PersonKey target, string merge, Instant at) => new(
        merge, PendingKind.Undo, source.Text, target.Text, at.ToUnixTimeTicks(), Suppression.Everything);

    public static PendingChange Erase(PersonKey person, Suppression suppression, Instant at) => new(
        NewId(), PendingKind.Erase, "", person.Text, at.ToUnixTimeTicks(), suppression);

    /// <summary>The fact, told by who does it.</summary>
    public JournalFact Sign(JournalFact fact) => fact.Sign(Signatory?.ToActor());

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged.</exception>
    public static PendingChange Read(Record record)
    {
        try
        {
            return record.Exists
                ? JsonSerializer.Deserialize<PendingChange>(record.Value.Span) ?? throw new JsonException("Empty.")
                : None;
        }
        catch (JsonException damage)
        {
            throw new StoreException(StoreFailure.Damaged, "The record of the merge in progress is damaged.", damage);
        }
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
