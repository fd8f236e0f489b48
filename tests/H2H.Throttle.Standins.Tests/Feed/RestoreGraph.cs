using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace H2H.Throttle.Standins.Tests.Feed;

/// <summary>What NuGet would ask of the feed for the whole solution. Asks the feed for nothing.</summary>
internal sealed record RestoreGraph(ImmutableArray<RestoreGraph.Project> Projects)
{
    public IEnumerable<Project> StandIns => Projects.Where(static project => project.IsStandIn);

    public IEnumerable<Project> Others => Projects.Where(static project => !project.IsStandIn);

    public static async Task<RestoreGraph> ReadAsync(string dependencies, CancellationToken cancellation)
    {
        string path = Path.GetTempFileName();
        try
        {
            await EvaluateAsync(dependencies, path, cancellation);
            using JsonDocument graph = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellation));
            return new RestoreGraph(
                [.. graph.RootElement.GetProperty("projects").EnumerateObject().Select(static p => Read(p.Value))]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task EvaluateAsync(string dependencies, string path, CancellationToken cancellation)
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList =
            {
                "msbuild", Path.Combine(Repository.Root, "H2H.Throttle.sln"), "-nologo", "-verbosity:quiet",
                "-target:GenerateRestoreGraphFile", $"-property:Dependencies={dependencies}",
                $"-property:RestoreGraphOutputPath={path}",
            },
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"MSBuild could not evaluate the solution.\n{output}{await errors}");
    }

    private static Project Read(JsonElement project)
    {
        JsonElement restore = project.GetProperty("restore");
        JsonElement framework = project.GetProperty("frameworks").EnumerateObject().Single().Value;
        return new Project(
            restore.GetProperty("projectPath").GetString()!,
            project.GetProperty("version").GetString()!,
            restore.GetProperty("restoreLockProperties").GetProperty("nuGetLockFilePath").GetString()!,
            Names(framework, "dependencies"),
            [
                .. Names(restore.GetProperty("frameworks").EnumerateObject().Single().Value, "projectReferences")
                    .Select(static path => Path.GetFileNameWithoutExtension(path)),
            ],
            framework.TryGetProperty("centralPackageVersions", out JsonElement versions)
                ? versions.EnumerateObject().ToImmutableDictionary(
                    static version => version.Name, static version => version.Value.GetString()!)
                : []);
    }

    private static ImmutableArray<string> Names(JsonElement parent, string list) =>
        parent.TryGetProperty(list, out JsonElement items)
            ? [.. items.EnumerateObject().Select(static item => item.Name)]
            : [];

    /// <summary>One project as NuGet sees it.</summary>
    /// <param name="Path">Of the project file.</param>
    /// <param name="Version">Of the package that it would make, or stands in for.</param>
    /// <param name="LockFile">Where the versions that a restore resolves are kept.</param>
    /// <param name="Packages">The ids that it asks the feed for itself.</param>
    /// <param name="References">The names of the projects that it references itself.</param>
    /// <param name="Versions">Those that are pinned centrally, by package id.</param>
    internal sealed record Project(
        string Path, string Version, string LockFile, ImmutableArray<string> Packages,
        ImmutableArray<string> References, ImmutableDictionary<string, string> Versions)
    {
        public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

        public bool IsStandIn => System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(Path)) ==
            System.IO.Path.Combine(Repository.Root, "src", "standins");
    }
}
