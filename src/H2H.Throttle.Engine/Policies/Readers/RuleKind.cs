using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>A kind of rule: by which key it is known, what keys it has, and how it is read.</summary>
/// <param name="Key">The key that makes a rule of this kind.</param>
/// <param name="Keys">All keys of this kind, that one included, those that every rule has left out.</param>
/// <param name="Read">Answers with null if something is wrong, after reporting it.</param>
internal sealed record RuleKind(string Key, ImmutableArray<string> Keys, Func<RuleDraft, Rule?> Read)
{
    /// <summary>What messages call such a rule.</summary>
    public string Noun => $"a rule of kind `{Key}`";

    /// <summary>Whether contacts of a purpose can be governed by such a rule that names the purpose.</summary>
    public Func<Purpose, bool> Governs { get; init; } = static _ => true;
}
