using System.Globalization;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>A colour of a page, in sRGB.</summary>
/// <remarks>Contrast as WCAG 2.2 defines it ("relative luminance", "contrast ratio").</remarks>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>What text needs at least (WCAG 2.2, success criterion 1.4.3, level AA).</summary>
    public const double ContrastMin = 4.5;

    private const int Steps = 50;

    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Black { get; } = new(0, 0, 0);

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <param name="text">As in <c>#1d6b57</c>.</param>
    public static Colour Parse(string text)
    {
        int number = int.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Colour((byte)(number >> 16), (byte)(number >> 8), (byte)number);
    }

    /// <summary>1 to 21.</summary>
    public double Contrast(Colour other)
    {
        (double one, double two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>The nearest to it that can be read on a ground, towards white or black.</summary>
    public Colour ReadableOn(Colour ground)
    {
        Colour end = White.Contrast(ground) > Black.Contrast(ground) ? White : Black;
        for (int step = 0; step < Steps; step++)
        {
            Colour mixed = Mix(end, step / (double)Steps);
            if (mixed.Contrast(ground) >= ContrastMin)
            {
                return mixed;
            }
        }

        return end;
    }

    /// <summary>White or black, whichever reads better on it.</summary>
    public Colour Ink() => White.Contrast(this) >= Black.Contrast(this) ? White : Black;

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private Colour Mix(Colour other, double share) => new(
        Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    private static byte Between(byte one, byte other, double share) => (byte)Math.Round(one + ((other - one) * share));

    private static double Linear(byte part)
    {
        double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
