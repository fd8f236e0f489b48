using System.Collections.Frozen;
using H2H.Throttle.Core.Decisions;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reason codes as policies, scenarios and the wire write them: <c>CAP_REACHED</c>.</summary>
public static class ReasonCodes
{
    private static readonly FrozenDictionary<string, ReasonCode> ByName =
        Enum.GetValues<ReasonCode>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    public static string NameOf(ReasonCode code) => string.Concat(
        code.ToString().Select(static (c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    /// <summary>Null if there is no code of that name.</summary>
    public static ReasonCode? Find(string name) => ByName.TryGetValue(name, out ReasonCode code) ? code : null;
}
