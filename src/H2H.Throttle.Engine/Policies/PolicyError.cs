namespace H2H.Throttle.Engine.Policies;

/// <summary>One mistake in a policy document.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Column">Where it stands in the line, from 1.</param>
/// <param name="Rule">The name of the rule at fault; null outside rules and where a rule's name cannot be read.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">What to write instead.</param>
public sealed record PolicyError(int Line, int Column, string? Rule, string Message, string Mend)
{
    public override string ToString() =>
        Rule is null ? $"{Line}:{Column}: {Message} {Mend}" : $"{Line}:{Column}: {Rule}: {Message} {Mend}";
}
