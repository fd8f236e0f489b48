using System.Diagnostics;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>Reads a policy that is to be simulated.</summary>
internal static class Candidate
{
    /// <exception cref="InvalidPolicyException">It has mistakes.</exception>
    public static Policy Read(string path, string document) => PolicyParser.Read(document) switch
    {
        PolicyReading.Valid valid => valid.Policy,
        PolicyReading.Invalid invalid => throw new InvalidPolicyException(path, invalid.Errors),
        _ => throw new UnreachableException(),
    };
}
