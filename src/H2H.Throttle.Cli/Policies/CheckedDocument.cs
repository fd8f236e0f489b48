using System.Collections.Immutable;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Reviews;

namespace H2H.Throttle.Cli.Policies;

/// <summary>What was found in one policy document.</summary>
/// <param name="File">Its path, as the user wrote it.</param>
/// <param name="Policy">The policy's name; null: it has mistakes, or was read elsewhere.</param>
/// <param name="Rules">How many rules it has; null as above.</param>
/// <param name="Errors">Every mistake, in the order of the document; empty if it is valid.</param>
/// <param name="Warnings">What is odd about it, in the order of the document; empty if it is not valid.</param>
internal sealed record CheckedDocument(
    string File,
    string? Policy,
    int? Rules,
    ImmutableArray<PolicyError> Errors,
    ImmutableArray<PolicyWarning> Warnings)
{
    public bool IsValid => Errors.IsEmpty;

    /// <remarks>The form <c>file:line:column: error: …</c> is the one that editors can jump by.</remarks>
    public void Show(Screen screen)
    {
        WarningView.Show(screen, File, Warnings);
        if (IsValid)
        {
            string what = Policy is null ? "" : $": policy {Policy}, {Count(Rules ?? 0, "rule")}";
            string odd = Warnings.IsEmpty ? "" : $", {Count(Warnings.Length, "warning")}";
            screen.Line($"[bold]{File}:[/] [green]ok[/]{what}{odd}");
            return;
        }

        foreach (PolicyError error in Errors)
        {
            string rule = error.Rule is null ? "" : $"rule {error.Rule}: ";
            screen.Line($"[bold]{File}:{error.Line}:{error.Column}:[/] [red]error:[/] {rule}{error.Message}");
            screen.Line($"    {error.Mend}");
        }

        screen.Line($"[bold]{File}:[/] {Count(Errors.Length, "mistake")}");
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
