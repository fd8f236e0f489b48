using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What the journal keeps of who is who.</summary>
internal static class MergeFacts
{
    public const string Linked = "address_linked";
    public const string Unlinked = "address_unlinked";
    public const string Merged = "people_merged";
    public const string Undone = "merge_undone";
    public const string Erased = "person_erased";

    /// <summary>What an erasure is about: nobody can tell who.</summary>
    public const string Nobody = "erased";

    public static JournalFact OfAddress(string fact, PersonKey person, AliasKind kind, Instant now) =>
        Of(fact, $"{fact}-{Guid.CreateVersion7():N}", person.Text, now, ("kind", WordOf(kind)));

    /// <summary>One for each of the two; the same however often it is told.</summary>
    public static ImmutableArray<JournalFact> OfMerge(string fact, PendingChange change, Instant now) =>
    [
        change.Sign(Of(fact, $"{fact}-{change.Id}-s", change.Source, now, ("merge", change.Id), ("part", "source"))),
        change.Sign(Of(fact, $"{fact}-{change.Id}-t", change.Target, now, ("merge", change.Id), ("part", "target"))),
    ];

    public static JournalFact OfErasure(PendingChange change, Instant now) => change.Sign(Of(
        Erased,
        $"{Erased}-{Fingerprint.Of(Erased, change.Id)}",
        Nobody,
        now,
        ("suppressed", change.Suppression is Suppression.Everything ? "everything" : "as_said")));

    public static string WordOf(AliasKind kind) => kind switch
    {
        AliasKind.Email => "email",
        AliasKind.Phone => "phone",
        AliasKind.Device => "device",
        _ => "id",
    };

    private static JournalFact Of(
        string fact, string id, string subject, Instant now, params ReadOnlySpan<(string Name, string Value)> data)
    {
        Dictionary<string, string> particulars = [];
        foreach ((string name, string value) in data)
        {
            particulars.Add(name, value);
        }

        return new JournalFact(id, now, fact, subject, JsonSerializer.SerializeToUtf8Bytes(particulars));
    }
}
