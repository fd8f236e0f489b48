using System.Globalization;
using System.Text;

namespace H2H.Throttle.Benchmarks.Growth;

/// <summary>Curves as an SVG that is readable on white and on black.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Across">What grows.</param>
/// <param name="Up">What is measured, with its unit.</param>
/// <param name="Curves">At most four.</param>
internal sealed record Plot(string Title, string Across, string Up, IReadOnlyList<Curve> Curves)
{
    private const double Width = 720;
    private const double Height = 380;
    private const double Left = 78;
    private const double Right = 190;
    private const double Top = 48;
    private const double Bottom = 58;
    private const double LabelGap = 16;

    private static readonly string[] Colours = ["#1f7a8c", "#c8553d", "#7a5195", "#5c8001"];

    /// <summary>False: the axis is even, and starts at zero.</summary>
    public bool IsLogarithmic { get; init; } = true;

    private double LeastX => Curves.Min(static curve => curve.Points[0].X);

    private double MostX => Curves.Max(static curve => curve.Points[^1].X);

    private double MostY => Ceiling(Curves.Max(static curve => curve.Points.Max(static point => point.Y)));

    public string ToSvg()
    {
        StringBuilder svg = new();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" "
            + $"font-family=\"system-ui, sans-serif\" font-size=\"13\"><title>{Title}</title>");
        Line(svg, $"<style>text {{ fill: #222 }} .grid {{ stroke: #8886 }} .line {{ fill: none; stroke-width: 2.5 }} "
            + $"@media (prefers-color-scheme: dark) {{ text {{ fill: #e6e6e6 }} }}</style>");
        Line(svg, $"<text x=\"{Left}\" y=\"22\" font-size=\"16\" font-weight=\"600\">{Title}</text>");
        Line(svg, $"<text x=\"{Left}\" y=\"40\" font-size=\"12\">{Up}</text>");
        double middle = (Left + Width - Right) / 2;
        Line(svg, $"<text x=\"{middle}\" y=\"{Height - 14}\" text-anchor=\"middle\">{Across}</text>");
        DrawGrid(svg);
        DrawCurves(svg);
        return svg.AppendLine("</svg>").ToString();
    }

    private void DrawGrid(StringBuilder svg)
    {
        for (int step = 0; step <= 4; step++)
        {
            double value = MostY * step / 4;
            Line(svg, $"<path class=\"grid\" d=\"M{Left} {PlaceOfY(value):0.#}H{Width - Right}\"/>"
                + $"<text x=\"{Left - 8}\" y=\"{PlaceOfY(value) + 4:0.#}\" text-anchor=\"end\">{Label(value)}</text>");
        }

        foreach (double x in Ticks())
        {
            Line(svg, $"<path class=\"grid\" d=\"M{PlaceOfX(x):0.#} {Height - Bottom}v5\"/>"
                + $"<text x=\"{PlaceOfX(x):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">"
                + $"{Label(x)}</text>");
        }
    }

    private IEnumerable<double> Ticks() => IsLogarithmic
        ? Curves.SelectMany(static curve => curve.Points).Select(static point => point.X).Distinct()
        : Enumerable.Range(0, (int)Math.Floor(MostX) + 1).Select(static minute => (double)minute);

    private void DrawCurves(StringBuilder svg)
    {
        double[] labels = LabelPlaces();
        for (int i = 0; i < Curves.Count; i++)
        {
            string line = string.Join(' ', Curves[i].Points.Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{PlaceOfX(point.X):0.#},{PlaceOfY(point.Y):0.#}")));
            Line(svg, $"<polyline class=\"line\" stroke=\"{Colours[i]}\" points=\"{line}\"/>");
            foreach ((double x, double y) in Curves[i].Points)
            {
                Line(svg, $"<circle cx=\"{PlaceOfX(x):0.#}\" cy=\"{PlaceOfY(y):0.#}\" r=\"3.5\" "
                    + $"fill=\"{Colours[i]}\"/>");
            }

            Line(svg, $"<circle cx=\"{Width - Right + 14}\" cy=\"{labels[i]:0.#}\" r=\"4\" fill=\"{Colours[i]}\"/>"
                + $"<text x=\"{Width - Right + 24}\" y=\"{labels[i] + 4:0.#}\">{Curves[i].Name}</text>");
        }
    }

    /// <summary>Where each curve ends, but never two labels upon each other.</summary>
    private double[] LabelPlaces()
    {
        double[] places = new double[Curves.Count];
        double above = double.NegativeInfinity;
        foreach (int i in Enumerable.Range(0, Curves.Count).OrderBy(i => PlaceOfY(Curves[i].Points[^1].Y)))
        {
            above = places[i] = Math.Max(PlaceOfY(Curves[i].Points[^1].Y), above + LabelGap);
        }

        return places;
    }

    private double PlaceOfX(double x)
    {
        double share = MostX <= LeastX ? 0
            : IsLogarithmic ? Math.Log(x / LeastX) / Math.Log(MostX / LeastX)
            : x / MostX;
        return Left + 12 + ((Width - Left - Right - 24) * share);
    }

    private double PlaceOfY(double y) => Height - Bottom - ((Height - Top - Bottom - 8) * y / MostY);

    /// <summary>The next 1, 2, 4, 6 or 8 of a power of ten.</summary>
    private static double Ceiling(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1.0, 2, 4, 6, 8, 10 }.First(step => step * power >= value * 0.999) * power;
    }

    private static string Label(double value) => value switch
    {
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000_000:0.##} M"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.#} k"),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static void Line(StringBuilder svg, string line) => svg.AppendLine(line);
}
