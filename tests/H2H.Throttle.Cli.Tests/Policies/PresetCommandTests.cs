using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Policies;

public sealed class PresetCommandTests
{
    [Fact]
    public async Task List_names_every_preset_and_what_each_pack_stands_for()
    {
        Ended ended = await CommandLine.RunAsync("preset", "list");

        string[] lines = ended.With(exit: 0).Lines;
        Assert.Contains(lines, static line => line.StartsWith("fr-phone-cap", StringComparison.Ordinal)
            && line.EndsWith("France: four sales calls or attempts in 30 days", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("it  ", StringComparison.Ordinal)
            && line.EndsWith("Italy: it-code-hours, eu-gdpr-21", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_as_JSON_has_presets_and_packs()
    {
        Ended ended = await CommandLine.RunAsync("preset", "list", "--json");

        JsonNode answer = JsonNode.Parse(Assert.Single(ended.With(exit: 0).Lines))!;
        Assert.Contains(answer["presets"]!.AsArray(), static one => (string?)one!["name"] == "opt-out-immediate");
        Assert.Contains(answer["packs"]!.AsArray(), static one => (string?)one!["name"] == "us-fl");
    }

    [Fact]
    public async Task Show_prints_the_file_of_a_preset_and_those_of_a_pack()
    {
        Ended one = await CommandLine.RunAsync("preset", "show", "es-phone-hours");
        Ended pack = await CommandLine.RunAsync("preset", "show", "es");

        Assert.Equal("preset: es-phone-hours", one.With(exit: 0).Lines[0]);
        Assert.Equal(["preset: es-phone-hours", "preset: eu-gdpr-21"], pack.With(exit: 0).Lines
            .Where(static line => line.StartsWith("preset:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Show_of_what_there_is_not_says_where_to_look()
    {
        Ended ended = await CommandLine.RunAsync("preset", "show", "es-phone");

        Assert.Contains("`h2h preset list` shows all.", ended.With(exit: 2).Complaint, StringComparison.Ordinal);
    }
}
