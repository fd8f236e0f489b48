using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>Gathers what is wrong with a document.</summary>
internal sealed class Findings
{
    public const int ErrorsMax = 200;

    private readonly List<PolicyError> errors;
    private readonly string? rule;

    public Findings() : this([], null) { }

    private Findings(List<PolicyError> errors, string? rule) => (this.errors, this.rule) = (errors, rule);

    public bool IsEmpty => errors.Count == 0;

    /// <summary>How many there are so far, to tell whether something was found in between.</summary>
    public int Count => errors.Count;

    /// <summary>The same findings, to report what is wrong with a rule.</summary>
    public Findings In(string? ruleName) => new(errors, ruleName);

    public void Report(Node at, Fault fault)
    {
        if (at is not Node.Broken)
        {
            Report(at.Line, at.Column, fault);
        }
    }

    public void Report(int line, int column, Fault fault) =>
        errors.Add(new PolicyError(line, column, rule, fault.Message, fault.Mend));

    /// <summary>In the order of the document.</summary>
    public ImmutableArray<PolicyError> ToErrors()
    {
        PolicyError[] sorted = [.. errors.Distinct().OrderBy(static e => e.Line).ThenBy(static e => e.Column)];
        if (sorted.Length <= ErrorsMax)
        {
            return [.. sorted];
        }

        PolicyError next = sorted[ErrorsMax];
        Fault fault = new Fault(
            $"There are {sorted.Length - ErrorsMax} more errors from here on.",
            "Mend those above first.");
        return [.. sorted.Take(ErrorsMax), new PolicyError(next.Line, next.Column, null, fault.Message, fault.Mend)];
    }
}
