using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies.Presets;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h preset show NAME</c>: the file of a preset, or the files of a pack. Needs no server.</summary>
internal sealed class ShowPresetCommand : Command
{
    private readonly Argument<string> name = new("name") { Description = "Of a preset or a pack." };

    public ShowPresetCommand()
        : base("show", "What a preset says, where it comes from and how far that was checked. Needs no server.")
    {
        Add(name);
        SetAction(parsed => Run(parsed.GetRequiredValue(name)));
    }

    private static int Run(string name)
    {
        ImmutableArray<Preset> presets = PresetLibrary.Find(name);
        if (presets.IsEmpty)
        {
            Complaint.Show(new UnusableException(
                $"There is no preset or pack called {name}. `h2h preset list` shows all."));
            return ExitCode.Usage;
        }

        Screen.Out.Print(string.Join("---\n", presets.Select(static preset => preset.Document)));
        return ExitCode.Done;
    }
}
