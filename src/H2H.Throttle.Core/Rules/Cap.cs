using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Allows at most so many contacts in any window that holds the new one.</summary>
public sealed record Cap : Rule
{
    /// <param name="name">Of the rule.</param>
    /// <param name="limits">
    /// The first whose <c>when</c> matches holds; if none does, nothing is limited. Not empty.
    /// </param>
    /// <param name="density">What is counted, and in which window.</param>
    public Cap(string name, ImmutableArray<CapLimit> limits, Density density) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfZero(limits.Length, nameof(limits));
        (Limits, Density) = (limits, density);
    }

    public ImmutableArray<CapLimit> Limits { get; private init; }

    public Density Density { get; }

    /// <summary>The last slots, which only some may take; null: every slot is for all.</summary>
    public KeptSlots? Keep { get; init; }

    /// <summary>What a denial by it is called.</summary>
    public ReasonCode Code { get; init; } = ReasonCode.CapReached;

    internal override IEnumerable<Matcher> Matchers =>
    [
        .. base.Matchers, .. Limits.Select(static limit => limit.When).OfType<Matcher>(), Keep?.For ?? Matcher.Any,
    ];

    internal override IEnumerable<Counting> Countings => [Density.Counting];

    public override string KindName => "cap";

    public override Duration? Reach => Density.Window.Reach;

    internal override bool Allows(in Circumstances circumstances, Instant at) =>
        LimitFor(circumstances) is not { } limit || Density.Fits(circumstances, at, limit);

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at) =>
        LimitFor(circumstances) is { } limit ? Density.FreeAt(circumstances, at, limit) : at;

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at) =>
        LimitFor(circumstances) is { } limit ? Density.BusyAt(circumstances, at, limit) : null;

    internal override Evidence Look(in Circumstances circumstances, Instant at) =>
        Density.FullestAt(circumstances, at).ToEvidence(Density.Window) with { Limit = LimitFor(circumstances) };

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt)
    {
        Evidence evidence = Look(circumstances, at);
        string message = Message(circumstances, evidence.Limit ?? 0, evidence.Used ?? 0);
        return Reason.Of(Name, Code, message, freeAt, evidence);
    }

    /// <summary>The most that may count with it; null: any number.</summary>
    internal int? LimitFor(in Circumstances circumstances)
    {
        int place = LimitPlaceFor(circumstances);
        return place >= 0 && Limits[place].Contacts is { } contacts
            ? Math.Max(0, contacts - KeptFrom(circumstances))
            : null;
    }

    /// <summary>
    /// The same cap with the least limit under which the contact fits, and that limit; null: none is high enough.
    /// </summary>
    internal (Cap Cap, int Limit)? RaisedFor(in Circumstances circumstances, Instant at)
    {
        int place = LimitPlaceFor(circumstances);
        int weight = Density.Counting.IsWeighted ? circumstances.Weight : 1;
        int limit = Density.FullestAt(circumstances, at).Used + weight + KeptFrom(circumstances);
        return place < 0 || limit > CapLimit.ContactsMax
            ? null
            : (this with { Limits = Limits.SetItem(place, Limits[place] with { Contacts = limit }) }, limit);
    }

    private string Message(in Circumstances circumstances, int limit, int used)
    {
        string whose = Density.Pool is { } pool && circumstances.Person.Pools.ContainsKey(pool)
            ? $" over everyone in the {pool}"
            : "";
        return (limit, Density.Counting.IsWeighted) switch
        {
            (0, _) => "Such contacts are blocked.",
            (_, true) => $"A weight of {used} counts{whose}, this one adds {circumstances.Weight}; at most {limit} is "
                + $"allowed in {Density.Window}.",
            _ => $"{used} {(used == 1 ? "contact counts" : "contacts count")}{whose}; at most {limit} "
                + $"{(limit == 1 ? "is" : "are")} allowed in {Density.Window}.",
        };
    }

    /// <summary>-1: none is for this contact.</summary>
    private int LimitPlaceFor(in Circumstances circumstances)
    {
        for (int i = 0; i < Limits.Length; i++)
        {
            if (Limits[i].When?.Matches(new Happening(circumstances.Traits), circumstances.Person) != false)
            {
                return i;
            }
        }

        return -1;
    }

    private int KeptFrom(in Circumstances circumstances) =>
        Keep is null || Keep.For.Matches(new Happening(circumstances.Traits), circumstances.Person) ? 0 : Keep.Slots;
}
