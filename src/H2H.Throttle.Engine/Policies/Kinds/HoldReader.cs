using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>hold</c>: no contact while the business has put the person on hold.</summary>
internal static class HoldReader
{
    public static RuleKind Kind { get; } = new("hold", ["hold"], Read);

    private static OnHold? Read(RuleDraft draft) =>
        NameReader.Read(draft.Fields["hold"]!, OnHold.HoldLengthMax, draft.Findings) is { } hold
            ? new OnHold(draft.Name, hold)
            : null;
}
