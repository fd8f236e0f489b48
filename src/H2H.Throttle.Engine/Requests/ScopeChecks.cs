using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Policies;

namespace H2H.Throttle.Engine.Requests;

/// <summary>Checks what a person's word is about against the policy in force.</summary>
internal static class ScopeChecks
{
    public static void Check(Scope scope, string field, Policy policy, Problems problems)
    {
        problems.Require(
            scope.Channel is null || policy.Channels.Contains(scope.Channel),
            ProblemReason.ChannelUnknown,
            $"{field}.channel",
            $"{field}.channel is not declared by the policy; it has {string.Join(", ", policy.Channels)}.");
        problems.Require(
            scope.Purpose is null || policy.Purposes.ContainsKey(scope.Purpose),
            ProblemReason.PurposeUnknown,
            $"{field}.purpose",
            $"{field}.purpose is not declared by the policy; it has "
            + $"{string.Join(", ", policy.Purposes.Keys.Order(StringComparer.Ordinal))}.");
        problems.CheckText(scope.Topic, $"{field}.topic", RequestBounds.NameLengthMax);
    }
}
