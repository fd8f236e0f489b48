using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using H2H.Throttle.Mutation.Faults;
using H2H.Throttle.Mutation.Reports;
using H2H.Throttle.Mutation.Trials;

namespace H2H.Throttle.Mutation;

/// <summary>One run of the command: plants, tries, tells.</summary>
internal static class Run
{
    private const string Project = "H2H.Throttle.Core";

    /// <summary>How many processes try faults at a time: <c>H2H_MUTATION_PROCESSES</c>, one by default.</summary>
    private static readonly int Processes = int.Parse(
        Environment.GetEnvironmentVariable("H2H_MUTATION_PROCESSES") ?? "1", CultureInfo.InvariantCulture);

    /// <param name="repository">Its folder.</param>
    /// <param name="tests">The name of the tests' project, which is built.</param>
    /// <param name="patterns">Of files below Core; none: all.</param>
    /// <returns>One if the canary went unnoticed.</returns>
    public static async Task<int> OfAsync(string repository, string tests, ImmutableArray<string> patterns)
    {
        string artifacts = Path.Combine(repository, "artifacts");
        string output = Path.Combine(artifacts, "mutation");
        string folder = CopyOf(Path.Combine(artifacts, "bin", tests, "release"), Path.Combine(output, tests));
        Plantation plantation = Plantation.Of(
            Path.Combine(repository, "src", Project),
            Path.Combine(artifacts, "obj", Project, "release"),
            [.. References, Path.Combine(folder, "NodaTime.dll")]);
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{Project}.dll"), [.. plantation.Image]);
        bool isContinued = patterns.Contains("again");
        Report report = new(output, plantation.Faults, isContinued);
        patterns = patterns.Remove("again");
        Fault[] chosen =
        [
            .. plantation.Faults.Where(fault => fault.Key == Canary.Key
                || (!report.IsKnown(fault) && (patterns.IsEmpty
                    || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, fault.File))))),
        ];
        await Console.Error.WriteLineAsync(
            $"{chosen.Length} of {plantation.Faults.Length} faults; {plantation.LeftOut} more do not compile.");

        HostProcess host = await HostProcess.StartAsync(folder, tests)
            ?? throw new InvalidOperationException($"The tests in {folder} do not start.");
        (ImmutableArray<TestCase> cases, HashSet<int> early) = await SurveyAsync(host);
        early.UnionWith(chosen.Where(static fault => fault.IsAtStart).Select(static fault => fault.Number));
        await Console.Error.WriteLineAsync(
            $"{cases.Length} tests, {cases.Sum(static one => one.Ms) / 1000} s together.");
        long started = Stopwatch.GetTimestamp();
        await new Judge(folder, tests, cases, early).JudgeAsync(chosen, host, Processes, report.Add);
        report.Write();
        await Console.Error.WriteLineAsync($"{Stopwatch.GetElapsedTime(started).TotalMinutes:F0} minutes.");
        await Console.Out.WriteLineAsync(report.Table);
        await Console.Out.WriteLineAsync(report.IsCanaryNoticed
            ? "The canary was noticed."
            : "The canary went unnoticed: do not believe this report.");
        return report.IsCanaryNoticed ? 0 : 1;
    }

    /// <summary>What the tests do, and what only the first one comes to because it is built once.</summary>
    private static async Task<(ImmutableArray<TestCase> Cases, HashSet<int> Early)> SurveyAsync(HostProcess host)
    {
        HashSet<int> early = [];
        foreach (TestCase one in await host.SurveyAsync(static _ => { }))
        {
            early.UnionWith(one.Reached);
        }

        ImmutableArray<TestCase> cases = await host.SurveyAsync(
            static failure => Console.Error.WriteLine($"Left out, because without any fault it {failure}"));
        return (cases, early);
    }

    /// <summary>Of the runtime of this process: Core uses nothing else but NodaTime.</summary>
    private static IEnumerable<string> References => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static file => Path.GetDirectoryName(file) == Path.GetDirectoryName(typeof(object).Assembly.Location));

    /// <summary>The tests as they were built, with this program beside them.</summary>
    private static string CopyOf(string built, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (string file in Directory.GetFiles(built, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string program = typeof(Run).Assembly.Location;
        File.Copy(program, Path.Combine(folder, Path.GetFileName(program)));
        return folder;
    }
}
