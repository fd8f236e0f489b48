using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using Durability = H2H.Throttle.Engine.Records.Durability;

namespace H2H.Throttle.Server.Consent;

/// <summary>What people say, on the wire.</summary>
internal static class ConsentWire
{
    /// <summary>What is absent or empty is everything.</summary>
    public static Scope Read(ConsentScope? scope) => scope is null
        ? Scope.Everything
        : new Scope(
            NullIfEmpty(scope.Channel), NullIfEmpty(scope.Purpose), NullIfEmpty(scope.Topic), NullIfEmpty(scope.Brand));

    public static Wire.Consent Write(ConsentResult result)
    {
        Wire.Consent consent = new();
        consent.OptOuts.AddRange(result.OptOuts.Select(Write));
        consent.OptIns.AddRange(result.OptIns.Select(Write));
        consent.Snoozes.AddRange(result.Snoozes.Select(static snooze => new ConsentSnooze
        {
            Scope = Write(snooze.Scope),
            Until = TimeWire.Write(snooze.Until),
        }));
        consent.Given.AddRange(result.Consents.Select(Write));
        return consent;
    }

    public static Wire.Durability Write(Durability durability) => durability switch
    {
        Durability.Memory => Wire.Durability.Memory,
        Durability.DiskLater => Wire.Durability.DiskLater,
        Durability.Disk => Wire.Durability.Disk,
        Durability.Replicated => Wire.Durability.Replicated,
        _ => Wire.Durability.Unspecified,
    };

    public static ConsentHistoryEntry Write(HistoryEntry entry) => new()
    {
        Kind = (ConsentHistoryKind)entry.Kind,
        Scope = Write(entry.Scope),
        At = TimeWire.Write(entry.At),
        Source = entry.Source ?? "",
        Consent = entry.Consent ?? "",
        Until = TimeWire.WriteOrNull(entry.Until),
        By = entry.By ?? "",
        Through = entry.Through ?? "",
        Wish = entry.Wish ?? "",
    };

    private static Wire.GivenConsent Write(KnownConsent known)
    {
        Wire.GivenConsent given = new()
        {
            Name = known.Given.Name,
            Scope = Write(known.Given.Scope),
            StartsAt = TimeWire.Write(known.Given.From),
            EndsAt = known.End is { } end ? TimeWire.Write(end.At) : null,
            EndedBy = known.End?.By ?? "",
            Proof = known.Given.Proof ?? "",
            Source = known.Given.Source ?? "",
            InForce = known.IsInForce,
        };
        given.Except.AddRange(known.Given.Except.Select(Write));
        given.EndsOn.AddRange(known.Given.EndsOn);
        return given;
    }

    private static ConsentStatement Write(Statement statement) => new()
    {
        Scope = Write(statement.Scope),
        At = TimeWire.Write(statement.At),
        Source = statement.Source ?? "",
    };

    public static ConsentScope Write(Scope scope) => new()
    {
        Channel = scope.Channel ?? "",
        Purpose = scope.Purpose ?? "",
        Topic = scope.Topic ?? "",
        Brand = scope.Brand ?? "",
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
