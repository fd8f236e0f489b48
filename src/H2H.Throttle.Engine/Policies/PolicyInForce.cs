using H2H.Throttle.Core.Policies;

namespace H2H.Throttle.Engine.Policies;

/// <summary>The policy that decides, and which version it is.</summary>
public sealed record PolicyInForce(PolicyVersion Version, Policy Policy)
{
    public long Number => Version.Number;
}
