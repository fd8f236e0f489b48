namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Something in a valid policy that cannot be what its author wants. It may be published even so.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Column">Where it stands in the line, from 1.</param>
/// <param name="Rule">The name of the rule it is about; null outside rules.</param>
/// <param name="Message">What is odd. It holds for every contact there can be.</param>
/// <param name="Mend">What to do about it.</param>
public sealed record PolicyWarning(int Line, int Column, string? Rule, string Message, string Mend)
{
    public override string ToString() =>
        Rule is null ? $"{Line}:{Column}: {Message} {Mend}" : $"{Line}:{Column}: {Rule}: {Message} {Mend}";
}
