using System.Globalization;
using FsCheck;

namespace H2H.Throttle.Core.Tests;

/// <summary>How often a property is tried.</summary>
/// <remarks>
/// <c>H2H_TRIALS_PERCENT</c> makes it fewer or more: <c>tests/mutation.sh</c> runs all of it for every fault, so it
/// tries less each time, and a night may try a hundredfold.
/// </remarks>
internal static class Trials
{
    private const string Setting = "H2H_TRIALS_PERCENT";

    private static readonly int Percent = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : 100;

    /// <summary>Throws at the first case that does not hold.</summary>
    public static Config Of(int count) =>
        Config.QuickThrowOnFailure.WithMaxTest((int)Math.Max(1, (long)count * Percent / 100));

    /// <summary>Tries the numbers from 0 on: the same each time, so that what comes up is known.</summary>
    public static void Each(int count, Action<int> holds)
    {
        for (int number = 0; number < Of(count).MaxTest; number++)
        {
            holds(number);
        }
    }

    /// <summary>
    /// Fails if what a property is about hardly came up; says nothing where it is tried less than usual.
    /// </summary>
    public static void AssertSeen(bool isSeen, string message) => Assert.True(isSeen || Percent < 100, message);
}
