using System.CommandLine;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy schema</c>: what an editor needs to complete policies.</summary>
internal sealed class SchemaCommand : Command
{
    private readonly Option<bool> scenario = new("--scenario") { Description = "Of scenario files instead." };

    public SchemaCommand()
        : base(
            "schema",
            "Print the JSON Schema of policies, by which editors complete them. Keep it as policy.schema.json and "
            + "begin policies with `# yaml-language-server: $schema=policy.schema.json`. Needs no server.")
    {
        Add(scenario);
        SetAction(parsed =>
        {
            Screen.Out.Print(parsed.GetValue(scenario) ? PolicySchemas.Scenario : PolicySchemas.Policy);
            return ExitCode.Done;
        });
    }
}
