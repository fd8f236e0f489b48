using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Rotation;
using H2H.Throttle.Engine.Shadows;
using H2H.Throttle.Engine.Webhooks;

namespace H2H.Throttle.Engine.Journals;

/// <summary>The kinds of facts there are. They are stored: never change or reuse one.</summary>
public static class JournalKinds
{
    private static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>In the order in which they are told to people.</summary>
    public static ImmutableArray<string> All =>
    [
        ConsentFacts.OptOut,
        ConsentFacts.OptIn,
        ConsentFacts.Snooze,
        ConsentFacts.ConsentGiven,
        ConsentFacts.ConsentRevoked,
        ConsentFacts.ReservationRevoked,
        MergeFacts.Linked,
        MergeFacts.Unlinked,
        MergeFacts.Merged,
        MergeFacts.Undone,
        MergeFacts.Erased,
        PersonFacts.HoldPlaced,
        PersonFacts.HoldLifted,
        PersonFacts.EventRecorded,
        PoolFacts.Joined,
        PoolFacts.Left,
        OverrideFacts.Kind,
        PolicyFacts.Kind,
        ShadowFacts.Set,
        ShadowFacts.Ended,
        ListFacts.Switched,
        ListFacts.Removed,
        AccessFacts.KeyMade,
        AccessFacts.KeyRevoked,
        RotationFacts.Kind,
        WebhookFacts.Made,
        WebhookFacts.Changed,
        WebhookFacts.SecretRotated,
        WebhookFacts.Deleted,
    ];

    /// <summary>A reservation that is no longer allowed: what its sender must learn at once.</summary>
    public static string ReservationRevoked => ConsentFacts.ReservationRevoked;

    public static bool IsKnown(string kind) => Known.Contains(kind);
}
