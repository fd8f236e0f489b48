using System.Diagnostics.CodeAnalysis;
using H2H.Throttle.Core.Consent;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Whether two consents say the same, what is listed in them included.</summary>
internal sealed class SameConsent : IEqualityComparer<GivenConsent>
{
    public static SameConsent Comparer { get; } = new();

    public bool Equals(GivenConsent? x, GivenConsent? y) => ReferenceEquals(x, y) || (x is not null && y is not null
        && x with { EndsOn = [], Except = [] } == y with { EndsOn = [], Except = [] }
        && x.EndsOn.SequenceEqual(y.EndsOn)
        && x.Except.SequenceEqual(y.Except));

    public int GetHashCode([DisallowNull] GivenConsent obj) =>
        HashCode.Combine(obj.Name, obj.Scope, obj.From, obj.Until);
}
