using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Requests;

/// <summary>A request was refused for what it says; nothing was changed.</summary>
public sealed class RequestException : Exception
{
    /// <param name="problems">All that is wrong, not only the first. Not empty.</param>
    public RequestException(ImmutableArray<Problem> problems)
        : base(string.Join(" ", problems.Select(static problem => problem.Message)))
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Length, nameof(problems));
        Problems = problems;
    }

    public RequestException(ProblemReason reason, string field, string message)
        : this([new Problem(reason, field, message)])
    {
    }

    public ImmutableArray<Problem> Problems { get; }
}
