using System.Diagnostics;

namespace H2H.Throttle.Benchmarks;

/// <summary>What one call costs, and what it allocates.</summary>
/// <param name="Microseconds">The median of the rounds.</param>
/// <param name="Fastest">Of the quickest round: what is least disturbed by others on the machine.</param>
/// <param name="Bytes">Of the last round.</param>
internal readonly record struct Stopwatched(double Microseconds, double Fastest, long Bytes)
{
    private const int Rounds = 21;

    /// <param name="times">How often a round calls.</param>
    /// <param name="call">Without effects.</param>
    public static Stopwatched Of(int times, Action call)
    {
        List<double> microseconds = [];
        long bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++)
            {
                call();
            }

            microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / times);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / times;
        }

        microseconds.Sort();
        return new Stopwatched(microseconds[Rounds / 2], microseconds[0], bytes);
    }
}
