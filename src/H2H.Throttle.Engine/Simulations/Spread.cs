namespace H2H.Throttle.Engine.Simulations;

/// <summary>
/// How far sums over a sample may be from those over all, where each unit is in the sample or not by chance.
/// </summary>
/// <remarks>
/// Bernoulli sampling with a share f: a total that is estimated by Σy/f has the variance (1−f)/f²·Σy², and a
/// ratio Σy/Σx, by linearisation, (1−f)·Σ(y−rx)²/(Σx)² (Särndal, Swensson, Wretman: Model Assisted Survey
/// Sampling, chapters 3 and 5). The margin is 1.96 standard deviations. A unit is a person, or people who share pools.
/// </remarks>
internal sealed class Spread(double sample)
{
    private const double Deviations = 1.96;

    private double xx;
    private double xy;
    private double yy;
    private double xTotal;
    private double yTotal;
    private double zz;

    /// <param name="x">The unit's contacts.</param>
    /// <param name="y">Those that are refused.</param>
    /// <param name="z">Its people who are affected.</param>
    public void Add(double x, double y, double z)
    {
        (xTotal, yTotal) = (xTotal + x, yTotal + y);
        (xx, xy, yy, zz) = (xx + (x * x), xy + (x * y), yy + (y * y), zz + (z * z));
    }

    public double OfRefused => Deviations * Math.Sqrt((1 - sample) * yy) / sample;

    public double OfPeople => Deviations * Math.Sqrt((1 - sample) * zz) / sample;

    public double OfShare
    {
        get
        {
            if (xTotal == 0)
            {
                return 0;
            }

            double ratio = yTotal / xTotal;
            double squares = Math.Max(0, yy - (2 * ratio * xy) + (ratio * ratio * xx));
            return Deviations * Math.Sqrt((1 - sample) * squares) / xTotal;
        }
    }
}
