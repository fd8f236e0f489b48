using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>A rule of which everything is read but what its kind adds.</summary>
internal sealed record RuleDraft(string Name, Fields Fields, Matcher When, PolicyWords Words, Findings Findings);
