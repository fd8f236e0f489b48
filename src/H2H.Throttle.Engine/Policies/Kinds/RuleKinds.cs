using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>All kinds of rule. A new kind is one file here and one line below.</summary>
internal static class RuleKinds
{
    public static ImmutableArray<RuleKind> All { get; } =
    [
        CapReader.Kind,
        GapReader.Kind,
        HoursReader.Hours,
        HoursReader.Quiet,
        CooldownReader.Kind,
        ConsentReader.Kind,
        ListReader.Kind,
        HoldReader.Kind,
        BlackoutReader.Kind,
        NeedsReader.Kind,
        BalanceReader.Kind,
    ];
}
