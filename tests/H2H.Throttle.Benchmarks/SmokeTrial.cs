using H2H.Throttle.Benchmarks.Growth;
using H2H.Throttle.Benchmarks.Ratios;
using H2H.Throttle.Benchmarks.Reports;
using H2H.Throttle.Benchmarks.Soak;

namespace H2H.Throttle.Benchmarks;

/// <summary>Does everything that makes numbers, quickly: what they are does not matter, that they are does.</summary>
internal static class SmokeTrial
{
    /// <summary>Ends its output with <c>N passed, N failed</c>.</summary>
    /// <returns>The exit code: 0 if nothing failed.</returns>
    public static async Task<int> RunAsync(string folder)
    {
        (int passed, int failed) = (0, 0);
        try
        {
            RatioReport ratios = await RatioBenchmark.RunAsync(Scale.Smoke);
            Console.WriteLine(await ratios.WriteAsync(folder));
            passed += ratios.Contenders.Count;   // each throws unless all that it asked was answered as it should be
            Count(ratios.IsCapExact);
            await GrowthBenchmark.RunAsync(folder, TimeSpan.FromSeconds(0.1), isWhole: false);
            Count(Directory.GetFiles(folder, "*.svg").Length == GrowthBenchmark.Pictures);
            await SoakBenchmark.RunAsync(folder, TimeSpan.FromSeconds(0.5), windows: 4);
            Count(File.Exists(Path.Combine(folder, "soak.md")));
            Console.WriteLine(await CostReport.WriteAsync(folder, isWhole: false));
            passed++;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            Console.WriteLine(error);
            failed++;
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;

        void Count(bool isTrue) => (passed, failed) = isTrue ? (passed + 1, failed) : (passed, failed + 1);
    }
}
