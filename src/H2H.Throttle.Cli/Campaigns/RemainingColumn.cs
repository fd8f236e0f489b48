using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>How long it will take yet, by the rate so far of what was not done before this start.</summary>
/// <param name="remaining">Null: nobody knows.</param>
internal sealed class RemainingColumn(Func<TimeSpan?> remaining) : ProgressColumn
{
    private static readonly Style Quiet = new(foreground: Color.Blue);

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
        remaining() is { TotalDays: < 10 } left
            ? left.ToString(left.TotalDays < 1 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
            : "--:--:--",
        Quiet);

    public override int? GetColumnWidth(RenderOptions options) => "9.00:00:00".Length;
}
