using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Mutation.Faults;

/// <summary>Puts every fault of one file into its code, each behind a question whether it is there.</summary>
/// <param name="file">The file's name in what is told.</param>
/// <param name="model">Of the code as it is.</param>
/// <param name="first">The number of the file's first fault.</param>
/// <param name="without">Numbers of faults that do not compile.</param>
internal sealed class Planter(string file, SemanticModel model, int first, IReadOnlySet<int> without)
    : CSharpSyntaxRewriter
{
    /// <summary>Marks what belongs to a fault; its data is the number.</summary>
    public const string Mark = "fault";

    private readonly List<Fault> faults = [];

    /// <summary>All that were found, with those that are left out.</summary>
    public IReadOnlyList<Fault> Faults => faults;

    public override SyntaxNode? Visit(SyntaxNode? node) => node switch
    {
        ExpressionSyntax code when IsValue(code) => Plant(code),
        StatementSyntax code => Plant(code),
        _ => base.Visit(node),
    };

    private SyntaxNode? Plant(ExpressionSyntax code)
    {
        (int Number, ExpressionSyntax Code)[] mistakes =
            [.. Mistakes.Of(code, model).Select(wrong => (Note(code, wrong), wrong))];
        SyntaxNode? planted = base.Visit(code);
        foreach ((int number, ExpressionSyntax wrong) in mistakes.Where(one => !without.Contains(one.Number)))
        {
            planted = SyntaxFactory.ParenthesizedExpression(
                SyntaxFactory.ConditionalExpression(
                    Question(number),
                    SyntaxFactory.ParenthesizedExpression(wrong.WithoutTrivia()),
                    (ExpressionSyntax)planted!))
                .WithAdditionalAnnotations(new SyntaxAnnotation(Mark, $"{number}"));
        }

        return planted;
    }

    private SyntaxNode? Plant(StatementSyntax code)
    {
        (int Number, StatementSyntax Code)[] mistakes =
            [.. Mistakes.Of(code).Select(wrong => (Note(code, wrong), wrong))];
        SyntaxNode? planted = base.Visit(code);
        foreach ((int number, StatementSyntax wrong) in mistakes.Where(one => !without.Contains(one.Number)))
        {
            planted = SyntaxFactory.IfStatement(
                Question(number), wrong, SyntaxFactory.ElseClause(SyntaxFactory.Block((StatementSyntax)planted!)))
                .WithAdditionalAnnotations(new SyntaxAnnotation(Mark, $"{number}"));
        }

        return planted;
    }

    private int Note(SyntaxNode code, SyntaxNode wrong)
    {
        int number = first + faults.Count;
        int line = code.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        (string was, string becomes) = (OnOneLine(code), OnOneLine(wrong));
        int ordinal = faults.Count(fault => fault.Was == was && fault.Becomes == becomes);
        faults.Add(new Fault(number, file, line, was, becomes, ordinal, IsAtStart(code)));
        return number;
    }

    private static ExpressionSyntax Question(int number) => SyntaxFactory.ParseExpression(
        $"global::H2H.Throttle.Core.PlantedFault.Is({number})");

    private static string OnOneLine(SyntaxNode code) => string.Join(
        ' ', code.NormalizeWhitespace().ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether another expression may stand there, which is not constant and sets no variable.</summary>
    private bool IsValue(ExpressionSyntax code) =>
        code.Parent is not (ExpressionStatementSyntax or ForStatementSyntax { Condition: null } or NameColonSyntax
            or NameEqualsSyntax or QualifiedNameSyntax or TypeArgumentListSyntax or ConditionalAccessExpressionSyntax)
        && !(code.Parent is ForStatementSyntax loop && loop.Condition != code)
        && !(code.Parent is MemberAccessExpressionSyntax member && member.Name == code)
        && !(code.Parent is InvocationExpressionSyntax call && call.Expression == code)
        && !(code.Parent is AssignmentExpressionSyntax set && set.Left == code)
        && !(code.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
        && code is not (AssignmentExpressionSyntax or TypeSyntax and not IdentifierNameSyntax)
        && !code.Ancestors().Any(IsFixed)
        && !DeclaresForOthers(code)
        && model.GetTypeInfo(code) is not { Type: { SpecialType: SpecialType.System_Void } }
        && model.GetSymbolInfo(code).Symbol is not (ITypeSymbol or INamespaceSymbol);

    /// <remarks>What an exception says is for developers alone.</remarks>
    private static bool IsFixed(SyntaxNode node) => node
        is AttributeSyntax or PatternSyntax or ParameterSyntax or EnumMemberDeclarationSyntax or SwitchLabelSyntax
        or ThrowStatementSyntax or ThrowExpressionSyntax
        or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
        || (node is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword))
        || (node is LocalDeclarationStatementSyntax local && local.IsConst);

    /// <summary>Whether the rest of the code uses variables that the expression sets.</summary>
    private static bool DeclaresForOthers(ExpressionSyntax code) => code
        .DescendantNodesAndSelf(static node => node is not (LambdaExpressionSyntax or SwitchExpressionArmSyntax))
        .Any(static node => node is SingleVariableDesignationSyntax
            or ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword });

    private static bool IsAtStart(SyntaxNode code) => code.Ancestors().Any(static node =>
        (node is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null }
            or ConstructorDeclarationSyntax)
        && ((MemberDeclarationSyntax)node).Modifiers.Any(SyntaxKind.StaticKeyword));
}
