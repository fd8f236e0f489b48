using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Policies;

namespace H2H.Throttle.Engine.Requests;

/// <summary>Checks what a person's word is about against the policy in force.</summary>
internal static class ScopeChecks
{
    /// <param name="scope">What it is about.</param>
    /// <param name="field">Of which its parts are fields; empty: of the request itself.</param>
    /// <param name="policy">In force.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void Check(Scope scope, string field, Policy policy, Problems problems)
    {
        string within = field.Length == 0 ? "" : field + ".";
        problems.RequireDeclared(
            scope.Channel is null || policy.Channels.Contains(scope.Channel),
            scope.Channel,
            ProblemReason.ChannelUnknown,
            $"{within}channel",
            $"{within}channel is not declared by the policy; it has {string.Join(", ", policy.Channels)}.");
        problems.RequireDeclared(
            scope.Purpose is null || policy.Purposes.ContainsKey(scope.Purpose),
            scope.Purpose,
            ProblemReason.PurposeUnknown,
            $"{within}purpose",
            $"{within}purpose is not declared by the policy; it has "
            + $"{string.Join(", ", policy.Purposes.Keys.Order(StringComparer.Ordinal))}.");
        problems.CheckText(scope.Topic, $"{within}topic", RequestBounds.NameLengthMax);
        problems.CheckText(scope.Brand, $"{within}brand", RequestBounds.NameLengthMax);
    }
}
