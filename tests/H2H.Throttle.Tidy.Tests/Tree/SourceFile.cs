using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Tree;

/// <summary>A text file of the repository.</summary>
public sealed class SourceFile
{
    private readonly Lazy<CompilationUnitSyntax> syntax;

    public SourceFile(string path, string text)
    {
        (Path, Text) = (path, text);
        Lines = [.. text.TrimEnd('\n').Split('\n')];
        syntax = new(() => SyntaxFactory.ParseCompilationUnit(text));
    }

    /// <summary>From the root of the repository, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>Without their ends.</summary>
    public ImmutableArray<string> Lines { get; }

    public bool IsCSharp => System.IO.Path.GetExtension(Path) == ".cs";

    public string FolderName => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)) ?? "";

    /// <summary>The file's name without its last extension: <c>Metadata.Entry</c> for Metadata.Entry.cs.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The name of the folder below src or tests; empty for files that are in neither.</summary>
    public string Project => Path.Split('/') switch
    {
        ["src", "standins", var project, _, ..] => project,
        ["src" or "tests", var project, _, ..] => project,
        _ => "",
    };

    /// <summary>What the text means as C#.</summary>
    public CompilationUnitSyntax Syntax => syntax.Value;

    public bool IsUnder(string folder) => Path.StartsWith($"{folder}/", StringComparison.Ordinal);

    public Finding At(int line, string problem, string mend) => new(Path, line, problem, mend);

    public Finding At(SyntaxToken token, string problem, string mend) =>
        At(token.GetLocation().GetLineSpan().StartLinePosition.Line + 1, problem, mend);

    public Finding At(SyntaxNode node, string problem, string mend) =>
        At(node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, problem, mend);

    public Finding At(SyntaxTrivia trivia, string problem, string mend) =>
        At(trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, problem, mend);
}
