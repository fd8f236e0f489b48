using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies.Reviews;

namespace H2H.Throttle.Cli.Policies;

/// <summary>Shows what is odd about a policy document.</summary>
internal static class WarningView
{
    public static void Show(Screen screen, string file, IEnumerable<PolicyWarning> warnings)
    {
        foreach (PolicyWarning warning in warnings)
        {
            string rule = warning.Rule is null ? "" : $"rule {warning.Rule}: ";
            screen.Line(
                $"[bold]{file}:{warning.Line}:{warning.Column}:[/] [yellow]warning:[/] {rule}{warning.Message}");
            screen.Line($"    {warning.Mend}");
        }
    }

    public static IEnumerable<PolicyWarning> Read(IEnumerable<Wire.PolicyWarning> warnings) => warnings.Select(
        static warning => new PolicyWarning(
            warning.Line,
            warning.Column,
            warning.Rule.Length > 0 ? warning.Rule : null,
            warning.Message,
            warning.Mend));
}
