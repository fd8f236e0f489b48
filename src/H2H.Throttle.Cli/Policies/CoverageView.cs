using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Cli.Policies;

/// <summary>Shows which rules of a policy scenarios have tried.</summary>
internal static class CoverageView
{
    /// <param name="screen">Where.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="percentMin">How many per cent are wanted; null: any.</param>
    public static void Show(Screen screen, PolicyCoverage policy, int? percentMin)
    {
        string from = policy.File ?? $"inline in {policy.Scenario}";
        if (policy.Rules.IsEmpty)
        {
            screen.Line($"[bold]coverage  {policy.Policy}[/] ({from}): it has no rules");
            return;
        }

        string wanted = policy.Percent < percentMin ? $", {percentMin} % are wanted" : "";
        string tried = $"{policy.RulesDenied} of {policy.Rules.Length} rules denied a contact";
        screen.Line($"[bold]coverage  {policy.Policy}[/] ({from}): {tried}, {policy.Percent} %{wanted}");
        foreach (RuleCoverage rule in policy.Rules.Where(static rule => rule.Denied == 0))
        {
            string how = rule.Governed switch
            {
                0 => "never came up",
                1 => "came up once, denied nothing",
                _ => $"came up {rule.Governed} times, denied nothing",
            };
            screen.Line($"          {rule.Rule}: {how}");
        }
    }
}
