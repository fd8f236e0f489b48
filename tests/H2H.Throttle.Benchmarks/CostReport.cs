using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using H2H.Throttle.Benchmarks.Reports;

namespace H2H.Throttle.Benchmarks;

/// <summary>What <see cref="Costs"/> are, by BenchmarkDotNet, as Markdown.</summary>
internal static class CostReport
{
    /// <summary>Writes it into a folder, which is made if it is missing; answers with the text.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="isWhole">False: everything once, to see that it works.</param>
    /// <exception cref="InvalidOperationException">Something was not measured.</exception>
    public static async Task<string> WriteAsync(string folder, bool isWhole)
    {
        string scratch = Directory.CreateTempSubdirectory("h2h-bench-costs-").FullName;
        Job measured = Job.ShortRun.WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(100));
        Job job = (isWhole ? measured : Job.Dry).WithToolchain(InProcessEmitToolchain.Instance);
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .WithArtifactsPath(scratch);
        Summary summary = BenchmarkRunner.Run<Costs>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(static one => !one.Success))
        {
            throw new InvalidOperationException(
                $"Not everything was measured: {string.Join(' ', summary.ValidationErrors)}");
        }

        string table = await File.ReadAllTextAsync(Directory.GetFiles(scratch, "*.md", SearchOption.AllDirectories)[0]);
        Directory.Delete(scratch, recursive: true);
        string markdown = $"""
            # What a decision costs in memory

            Written by `tests/benchmarks.sh decisions` with BenchmarkDotNet, in one process.

            {await Machine.DescribeAsync()}

            {table.Trim()}

            """;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "decisions.md"), markdown);
        return markdown;
    }
}
