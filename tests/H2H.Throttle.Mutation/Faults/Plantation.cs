using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace H2H.Throttle.Mutation.Faults;

/// <summary>One assembly that holds every fault, each to be had by its number.</summary>
/// <param name="Faults">All that compile.</param>
/// <param name="LeftOut">How many were thought of and do not compile.</param>
/// <param name="Image">The assembly.</param>
internal sealed record Plantation(ImmutableArray<Fault> Faults, int LeftOut, ImmutableArray<byte> Image)
{
    private const int RoundsMax = 30;

    /// <param name="source">The project's folder.</param>
    /// <param name="generated">The folder of what the build adds to its code.</param>
    /// <param name="references">Of every assembly that it is compiled against.</param>
    public static Plantation Of(string source, string generated, IEnumerable<string> references)
    {
        SyntaxTree[] real = [.. FilesBelow(source).Select(file => Parse(file, Path.GetRelativePath(source, file)))];
        SyntaxTree[] others =
        [
            .. Directory.GetFiles(generated, "*.cs").Select(static file => Parse(file, file)),
            CSharpSyntaxTree.ParseText(Question()),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileName(source), [.. real, .. others],
            references.Select(static file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Suppress,
                nullableContextOptions: NullableContextOptions.Enable));
        HashSet<int> without = [];
        for (int round = 0; round < RoundsMax; round++)
        {
            List<Fault> faults = [];
            CSharpCompilation planted = compilation;
            foreach (SyntaxTree tree in real)
            {
                Planter planter = new(
                    tree.FilePath, compilation.GetSemanticModel(tree), faults.Count, without);
                CSharpSyntaxNode root = (CSharpSyntaxNode)planter.Visit(tree.GetRoot())!;
                planted = planted.ReplaceSyntaxTree(
                    tree, CSharpSyntaxTree.Create(root, (CSharpParseOptions)tree.Options, tree.FilePath));
                faults.AddRange(planter.Faults);
            }

            using MemoryStream image = new();
            EmitResult result = planted.Emit(image);
            if (result.Success)
            {
                return new Plantation(
                    [.. faults.Where(fault => !without.Contains(fault.Number))], without.Count, [.. image.ToArray()]);
            }

            without.UnionWith(result.Diagnostics
                .Where(static one => one.Severity is DiagnosticSeverity.Error)
                .SelectMany(static error => CausesOf(error)));
        }

        throw new InvalidOperationException($"After {RoundsMax} rounds there are still faults that do not compile.");
    }

    /// <summary>The innermost fault around an error; failing that, every fault of the member that it is in.</summary>
    private static int[] CausesOf(Diagnostic error)
    {
        SyntaxNode place = error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan)
            ?? throw new InvalidOperationException($"The code does not compile: {error}");
        SyntaxNode? fault = place.AncestorsAndSelf().FirstOrDefault(
            static node => node.HasAnnotations(Planter.Mark));
        SyntaxNode? around = fault ?? place.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault();
        int[] numbers =
        [
            .. (fault?.GetAnnotations(Planter.Mark)
                ?? around?.GetAnnotatedNodes(Planter.Mark).SelectMany(static one => one.GetAnnotations(Planter.Mark))
                ?? []).Select(static mark => int.Parse(mark.Data!, CultureInfo.InvariantCulture)),
        ];
        return numbers.Length > 0
            ? numbers
            : throw new InvalidOperationException($"The code does not compile: {error}");
    }

    private static IOrderedEnumerable<string> FilesBelow(string folder) => Directory
        .GetFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal);

    private static SyntaxTree Parse(string file, string name) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: name.Replace('\\', '/'));

    private static string Question()
    {
        using StreamReader reader = new(
            typeof(Plantation).Assembly.GetManifestResourceStream("PlantedFault.cs")!);
        return "#nullable enable\n" + reader.ReadToEnd();
    }
}
