using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>No contact to an address that is on a suppression list, or that nobody can look up on it.</summary>
/// <remarks>
/// It denies whatever it cannot rule out: an address that was not given or cannot be looked up, a list that was never
/// loaded, and one that is older than allowed at the time of the contact. Where the zone is not known, the copy must be
/// fresh in every zone.
/// </remarks>
public sealed record Listed : Rule
{
    public const int ListLengthMax = 64;

    /// <param name="name">Of the rule.</param>
    /// <param name="list">The list's name.</param>
    /// <param name="freshness">How old the copy may be; null: of any age.</param>
    /// <param name="zone">Whose calendar.</param>
    public Listed(string name, string list, Freshness? freshness, WindowZone zone) : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(list);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(list.Length, ListLengthMax);
        (List, Freshness, Zone) = (list, freshness, zone);
    }

    public string List { get; }

    /// <summary>Null: a copy of any age will do.</summary>
    public Freshness? Freshness { get; }

    public WindowZone Zone { get; }

    public override string KindName => "list";

    public override Duration? Reach => Duration.Zero;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        CanLookUp(circumstances)
        && StandingIn(circumstances) is { IsListed: false } standing
        && IsFresh(circumstances, standing, at);

    /// <remarks>Copies only get older; a newer one is not a matter of waiting.</remarks>
    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        Allows(circumstances, at) ? at : null;

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        if (!CanLookUp(circumstances) || StandingIn(circumstances) is not { IsListed: false } standing)
        {
            return at;
        }

        return EndOf(circumstances, standing) is { } end ? Instant.Max(end, at) : null;
    }

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt)
    {
        if (!CanLookUp(circumstances))
        {
            return new Reason(
                Name,
                ReasonCode.AddressMissing,
                $"Nobody can tell whether the address is on {List}: contact.address is missing, or a phone number "
                + "without + and country code.",
                freeAt);
        }

        return StandingIn(circumstances) switch
        {
            { IsListed: true } => new Reason(Name, ReasonCode.Listed, $"The address is on {List}.", freeAt),
            null => new Reason(Name, ReasonCode.ListStale, $"The list {List} was never loaded.", freeAt)
            {
                Window = Freshness?.ToString(),
            },
            { } standing => new Reason(
                Name,
                ReasonCode.ListStale,
                $"The copy of {List} is as of {standing.AsOf}, more than {Freshness} before the contact.",
                freeAt)
            {
                Window = Freshness?.ToString(),
            },
        };
    }

    private static bool CanLookUp(in Circumstances circumstances) =>
        circumstances.Traits.Address is not null && !circumstances.Lists.IsDefault;

    private ListStanding? StandingIn(in Circumstances circumstances)
    {
        foreach (ref readonly ListStanding standing in circumstances.Lists.AsSpan())
        {
            if (standing.List == List)
            {
                return standing;
            }
        }

        return null;
    }

    private bool IsFresh(in Circumstances circumstances, in ListStanding standing, Instant at) =>
        Freshness is null
        || Freshness.HoldsEverywhere(standing.AsOf, at)
        || !(EndOf(circumstances, standing) <= at);

    private Instant? EndOf(in Circumstances circumstances, in ListStanding standing)
    {
        Instant? first = null;
        if (Freshness is not null)
        {
            foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
            {
                Instant end = Freshness.EndAfter(standing.AsOf, zone);
                first = first < end ? first : end;
            }
        }

        return first;
    }
}
