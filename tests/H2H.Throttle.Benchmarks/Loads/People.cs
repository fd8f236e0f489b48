using System.Globalization;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Benchmarks.Loads;

/// <summary>People nobody asked about before. Safe from any thread.</summary>
internal static class People
{
    private static int last;

    public static Contact Next() => new()
    {
        PersonId = string.Create(CultureInfo.InvariantCulture, $"person {Interlocked.Increment(ref last)}"),
        Channel = "email",
        Purpose = "marketing",
        Brand = "north",
        Campaign = "spring",
    };

    public static string NextRequestId() => Guid.NewGuid().ToString();
}
