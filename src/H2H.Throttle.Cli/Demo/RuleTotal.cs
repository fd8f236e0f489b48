namespace H2H.Throttle.Cli.Demo;

/// <summary>How many refusals had one rule among their reasons.</summary>
internal sealed record RuleTotal(string Rule, int Refused, string Says);
