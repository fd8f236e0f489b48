using System.CommandLine;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies.Presets;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h preset list</c>: what comes with this version of the product. Needs no server.</summary>
internal sealed class ListPresetsCommand : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Print all as JSON, on one line." };

    public ListPresetsCommand() : base("list", "All presets and packs. Needs no server.")
    {
        Add(json);
        SetAction(parsed => Run(parsed.GetValue(json)));
    }

    private static int Run(bool isJson)
    {
        if (isJson)
        {
            Screen.Out.PrintJson(new
            {
                presets = PresetLibrary.Presets.Select(static preset => new
                {
                    preset.Name, preset.Title, preset.Jurisdiction, preset.Source,
                }),
                packs = PresetLibrary.Packs.Select(static pack => new
                {
                    pack.Name, pack.Title, presets = PresetLibrary.Find(pack.Name).Select(static preset => preset.Name),
                }),
            });
            return ExitCode.Done;
        }

        Show(PresetLibrary.Presets.Select(static preset => (preset.Name, preset.Title)));
        Screen.Out.Line();
        Screen.Out.Line($"[dim]Packs, which stand for several:[/]");
        Show(PresetLibrary.Packs.Select(static pack => (
            pack.Name,
            $"{pack.Title}: {string.Join(", ", PresetLibrary.Find(pack.Name).Select(static preset => preset.Name))}")));
        return ExitCode.Done;
    }

    private static void Show(IEnumerable<(string Name, string Text)> entries)
    {
        (string Name, string Text)[] all = [.. entries];
        int width = all.Max(static entry => entry.Name.Length) + 2;
        foreach ((string name, string text) in all)
        {
            string[] lines = [.. Screen.Out.Wrap(text, width)];
            Screen.Out.Line($"[bold]{name.PadRight(width)}[/]{lines[0]}");
            foreach (string line in lines[1..])
            {
                Screen.Out.Line($"{new string(' ', width)}{line}");
            }
        }
    }
}
