using System.Diagnostics;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Policies;

/// <summary>Presets on the wire.</summary>
internal static class PresetWire
{
    public static Wire.Preset Write(Engine.Policies.Presets.Preset preset, bool withDocument)
    {
        Wire.Preset written = new()
        {
            Name = preset.Name,
            Title = preset.Title,
            Jurisdiction = preset.Jurisdiction,
            Source = preset.Source,
            Note = preset.Note ?? "",
            Document = withDocument ? preset.Document : "",
        };
        written.Figures.AddRange(preset.Figures.Select(static figure => new Wire.PresetFigure
        {
            What = figure.What,
            Basis = Write(figure.Basis),
        }));
        written.Countries.AddRange(preset.Countries);
        written.States.AddRange(preset.States);
        written.Channels.AddRange(preset.Channels);
        written.Purposes.AddRange(preset.Purposes.Keys.Order(StringComparer.Ordinal));
        written.Rules.AddRange(preset.Rules.Select(static rule => rule.Name));
        return written;
    }

    public static Wire.PresetPack Write(Engine.Policies.Presets.PresetPack pack)
    {
        Wire.PresetPack written = new() { Name = pack.Name, Title = pack.Title };
        written.Presets.AddRange(PresetLibrary.Find(pack.Name).Select(static preset => preset.Name));
        return written;
    }

    private static FigureBasis Write(Basis basis) => basis switch
    {
        Basis.StatedByText => FigureBasis.StatedByText,
        Basis.ConformanceCase => FigureBasis.ConformanceCase,
        Basis.SecondarySource => FigureBasis.SecondarySource,
        Basis.NotChecked => FigureBasis.NotChecked,
        _ => throw new UnreachableException(),
    };
}
