using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Policies;

/// <summary>What a policy document says: a policy, or everything that is wrong with it.</summary>
public abstract record PolicyReading
{
    private PolicyReading() { }

    /// <summary>The document can be published as it is.</summary>
    public sealed record Valid(Policy Policy) : PolicyReading;

    /// <param name="Errors">In the order of the document. Never empty.</param>
    public sealed record Invalid(ImmutableArray<PolicyError> Errors) : PolicyReading
    {
        /// <summary>A problem for each mistake.</summary>
        internal RequestException ToRefusal() => new(
            [.. Errors.Select(static error => new Problem(
                ProblemReason.PolicyInvalid, $"document:{error.Line}:{error.Column}", error.ToString()))]);
    }
}
