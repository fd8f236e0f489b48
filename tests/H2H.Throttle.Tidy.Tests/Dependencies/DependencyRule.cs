using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Dependencies;

/// <summary>References run one way, as <see cref="DependencyMap"/> draws them.</summary>
internal static class DependencyRule
{
    private const string WebSdk = "Microsoft.NET.Sdk.Web";

    private const string MapPath = $"tests/H2H.Throttle.Tidy.Tests/Dependencies/{nameof(DependencyMap)}.cs";

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        Project[] projects = [.. Project.All(tree)];
        return projects.SelectMany(project => project.IsTest ? CheckTest(project) : CheckSource(project))
            .Concat(CheckPlaces(projects));
    }

    private static IEnumerable<Finding> CheckSource(Project project)
    {
        if (!DependencyMap.Sources.TryGetValue(project.Name, out Allowance? allowance))
        {
            yield return project.File.At(1, $"{project.Name} is on no map", $"draw it in {MapPath}");
            yield break;
        }

        foreach (string reference in project.References.Except(allowance.References))
        {
            yield return project.File.At(
                project.LineOf(reference), $"{project.Name} → {reference} is not on the map",
                "turn the reference round, or move what is wanted to where both see it");
        }

        foreach (string package in project.Packages.Except(allowance.Packages))
        {
            yield return project.File.At(
                project.LineOf(package), $"{project.Name} → {package} is not on the map",
                $"do without the package here, or say in {MapPath} that it belongs here");
        }

        if (project.Sdk == WebSdk && !DependencyMap.WebProjects.Contains(project.Name))
        {
            yield return project.File.At(1, $"{project.Name} is a web project", "use Microsoft.NET.Sdk");
        }
    }

    private static IEnumerable<Finding> CheckTest(Project project)
    {
        bool isOfAProject = project.Name.EndsWith(".Tests", StringComparison.Ordinal)
            && DependencyMap.Sources.ContainsKey(project.Name[..^".Tests".Length]);
        if (!isOfAProject && !DependencyMap.SharedTests.Contains(project.Name))
        {
            yield return project.File.At(
                1, $"{project.Name} tests no project", $"name it for one, or add it to {MapPath}");
        }
    }

    /// <summary>Nothing in src rests on tests, and each project lies in the folder of its name.</summary>
    private static IEnumerable<Finding> CheckPlaces(Project[] projects)
    {
        HashSet<string> tests = [.. projects.Where(static project => project.IsTest).Select(static p => p.Name)];
        foreach (Project project in projects)
        {
            if (project.File.FolderName != project.Name)
            {
                yield return project.File.At(
                    1, $"{project.Name} in the folder {project.File.FolderName}", "name both alike");
            }

            foreach (string test in project.References.Where(tests.Contains).Where(_ => !project.IsTest))
            {
                yield return project.File.At(
                    project.LineOf(test), $"{project.Name} rests on the tests {test}", "move what is wanted to src");
            }
        }
    }
}
