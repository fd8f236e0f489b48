using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Presets;

/// <summary>The presets and packs that the product brings along.</summary>
public static class PresetLibrary
{
    private const string Prefix = "presets/";
    private const string PacksFile = "packs.yaml";

    private static readonly Lazy<ImmutableArray<Preset>> AllPresets = new(ReadPresets);
    private static readonly Lazy<ImmutableArray<PresetPack>> AllPacks = new(ReadPacks);

    /// <summary>In the order of their names.</summary>
    public static ImmutableArray<Preset> Presets => AllPresets.Value;

    /// <summary>In the order of their names.</summary>
    public static ImmutableArray<PresetPack> Packs => AllPacks.Value;

    /// <summary>The preset of that name alone, or those of the pack; empty: there is neither.</summary>
    public static ImmutableArray<Preset> Find(string name) =>
    [
        .. Packs.FirstOrDefault(pack => pack.Name == name) is { } pack
            ? pack.Presets.SelectMany(static name => Find(name))
            : Presets.Where(preset => preset.Name == name),
    ];

    private static ImmutableArray<Preset> ReadPresets() =>
    [
        .. typeof(PresetLibrary).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal) && name != Prefix + PacksFile)
            .Order(StringComparer.Ordinal)
            .Select(static name => PresetReader.Read(TextOf(name))),
    ];

    private static ImmutableArray<PresetPack> ReadPacks()
    {
        Findings findings = new();
        Node.Map packs = (Node.Map)DocumentReader.ReadOne(TextOf(Prefix + PacksFile), findings)!;
        return
        [
            .. packs.Entries.Select(entry =>
            {
                Fields fields = Fields.Of(entry.Value, "a pack", ["title", "presets"], findings)!;
                ImmutableArray<string> presets =
                    [.. ValueReader.OneOrMany(fields["presets"]!, findings).Select(static name => name.Text)];
                return new PresetPack(entry.Key.Text, ((Node.Scalar)fields["title"]!).Text, presets);
            }),
        ];
    }

    private static string TextOf(string resource)
    {
        using Stream stream = typeof(PresetLibrary).Assembly.GetManifestResourceStream(resource)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
