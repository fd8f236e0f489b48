using System.Collections.Immutable;
using H2H.Throttle.Cli.Policies;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>A policy that was to be simulated has mistakes.</summary>
internal sealed class InvalidPolicyException(string path, ImmutableArray<PolicyError> errors)
    : Exception($"{path} has mistakes.")
{
    public void Show(Screen screen) => new CheckedDocument(path, null, null, errors, []).Show(screen);
}
