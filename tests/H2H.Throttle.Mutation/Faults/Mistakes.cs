using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Mutation.Faults;

/// <summary>What someone could have written by mistake in place of an expression.</summary>
/// <remarks>
/// The usual operators of mutation testing: arithmetic, comparison, logic, conditions, null, calls of the opposite
/// meaning, text, what is returned. What does not compile is left out later.
/// </remarks>
internal static class Mistakes
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Operators = new()
    {
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.LeftShiftExpression] = [SyntaxKind.RightShiftExpression],
        [SyntaxKind.RightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.UnsignedRightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.BitwiseAndExpression] = [SyntaxKind.BitwiseOrExpression],
        [SyntaxKind.BitwiseOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
    };

    /// <summary>Calls that one could take for each other, each in both directions.</summary>
    private static readonly Dictionary<string, string> Opposites = new(
        from pair in new (string, string)[]
        {
            ("Min", "Max"), ("First", "Last"), ("FirstOrDefault", "LastOrDefault"), ("Any", "All"), ("Take", "Skip"),
            ("TakeLast", "SkipLast"), ("TakeWhile", "SkipWhile"), ("OrderBy", "OrderByDescending"),
            ("ThenBy", "ThenByDescending"), ("MinBy", "MaxBy"), ("Union", "Intersect"), ("Concat", "Except"),
            ("Append", "Prepend"), ("StartsWith", "EndsWith"), ("IndexOf", "LastIndexOf"), ("MinValue", "MaxValue"),
            ("Add", "Remove"), ("IsSubsetOf", "IsSupersetOf"), ("Sum", "Count"), ("Floor", "Ceiling"),
            ("Previous", "Next"), ("PreviousOrSame", "NextOrSame"),
        }
        from way in new (string Of, string Is)[] { pair, (pair.Item2, pair.Item1) }
        group way.Is by way.Of into ways
        select KeyValuePair.Create(ways.Key, ways.First()));

    /// <summary>An expression that stands where a value is wanted.</summary>
    public static IEnumerable<ExpressionSyntax> Of(ExpressionSyntax code, SemanticModel model) =>
        OfOperator(code).Concat(OfCondition(code, model)).Concat(OfName(code)).Concat(OfText(code))
            .Concat(OfResult(code, model));

    /// <summary>A whole statement; an empty one is that it is missing.</summary>
    public static IEnumerable<StatementSyntax> Of(StatementSyntax code)
    {
        if (code is not (ExpressionStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax))
        {
            yield break;
        }

        if (!(code is BreakStatementSyntax && code.Parent is SwitchSectionSyntax))
        {
            yield return SyntaxFactory.Block();
        }

        SyntaxKind? other = (code as ExpressionStatementSyntax)?.Expression.Kind() switch
        {
            SyntaxKind.AddAssignmentExpression => SyntaxKind.SubtractAssignmentExpression,
            SyntaxKind.SubtractAssignmentExpression => SyntaxKind.AddAssignmentExpression,
            SyntaxKind.PostIncrementExpression => SyntaxKind.PostDecrementExpression,
            SyntaxKind.PostDecrementExpression => SyntaxKind.PostIncrementExpression,
            _ => null,
        };
        switch (code)
        {
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax set } when other is { } kind:
                yield return SyntaxFactory.ExpressionStatement(
                    SyntaxFactory.AssignmentExpression(kind, set.Left, set.Right));
                break;
            case ExpressionStatementSyntax { Expression: PostfixUnaryExpressionSyntax step } when other is { } kind:
                yield return SyntaxFactory.ExpressionStatement(
                    SyntaxFactory.PostfixUnaryExpression(kind, step.Operand));
                break;
        }
    }

    private static IEnumerable<ExpressionSyntax> OfOperator(ExpressionSyntax code)
    {
        if (code is BinaryExpressionSyntax binary)
        {
            foreach (SyntaxKind other in Operators.GetValueOrDefault(code.Kind(), []))
            {
                yield return SyntaxFactory.BinaryExpression(other, binary.Left, binary.Right);
            }

            if (code.IsKind(SyntaxKind.CoalesceExpression))
            {
                yield return binary.Left;
                yield return binary.Right;
            }
        }

        if (code is PrefixUnaryExpressionSyntax { RawKind: var kind, Operand: var operand }
            && (SyntaxKind)kind is SyntaxKind.UnaryMinusExpression or SyntaxKind.LogicalNotExpression)
        {
            yield return operand;
        }
    }

    private static IEnumerable<ExpressionSyntax> OfCondition(ExpressionSyntax code, SemanticModel model)
    {
        if (code is ConditionalExpressionSyntax choice)
        {
            yield return choice.WhenTrue;
            yield return choice.WhenFalse;
        }

        if (code.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression)
        {
            yield return Literal(code.IsKind(SyntaxKind.FalseLiteralExpression));
        }

        if (code is IsPatternExpressionSyntax { Pattern: var pattern } test)
        {
            foreach (PatternSyntax other in OfPattern(pattern))
            {
                yield return test.WithPattern(other);
            }
        }

        bool isSimple = code is IsPatternExpressionSyntax or InvocationExpressionSyntax or IdentifierNameSyntax
            or MemberAccessExpressionSyntax || code.IsKind(SyntaxKind.IsExpression);
        if (isSimple
            && code.Parent is not PrefixUnaryExpressionSyntax
            && model.GetTypeInfo(code).Type?.SpecialType is SpecialType.System_Boolean)
        {
            yield return SyntaxFactory.PrefixUnaryExpression(
                SyntaxKind.LogicalNotExpression, SyntaxFactory.ParenthesizedExpression(code));
        }

        if (IsLogic(code.Parent) && !IsLogic(code))
        {
            yield return Literal(code.Parent.IsKind(SyntaxKind.LogicalAndExpression));
        }
    }

    private static IEnumerable<PatternSyntax> OfPattern(PatternSyntax pattern)
    {
        foreach (SyntaxNode part in pattern.DescendantNodesAndSelf())
        {
            SyntaxKind? other = part.Kind() switch
            {
                SyntaxKind.OrPattern => SyntaxKind.AndPattern,
                SyntaxKind.AndPattern => SyntaxKind.OrPattern,
                _ => null,
            };
            if (other is { } kind && part is BinaryPatternSyntax both)
            {
                yield return pattern.ReplaceNode(both, SyntaxFactory.BinaryPattern(kind, both.Left, both.Right));
            }

            SyntaxKind? sign = part is RelationalPatternSyntax compared
                ? compared.OperatorToken.Kind() switch
                {
                    SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
                    SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
                    SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
                    _ => SyntaxKind.GreaterThanToken,
                }
                : null;
            if (sign is { } token && part is RelationalPatternSyntax than)
            {
                yield return pattern.ReplaceNode(than, than.WithOperatorToken(SyntaxFactory.Token(token)));
            }

            if (part is LiteralExpressionSyntax
                && part.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression)
            {
                yield return pattern.ReplaceNode(part, Literal(part.IsKind(SyntaxKind.FalseLiteralExpression)));
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> OfName(ExpressionSyntax code)
    {
        ExpressionSyntax member = code is InvocationExpressionSyntax call ? call.Expression : code;
        if (member is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier: var name } simple }
            && Opposites.TryGetValue(name.ValueText, out string? opposite))
        {
            yield return code.ReplaceNode(simple, SyntaxFactory.IdentifierName(opposite));
        }
    }

    private static IEnumerable<ExpressionSyntax> OfText(ExpressionSyntax code)
    {
        bool isText = code is LiteralExpressionSyntax { Token.ValueText.Length: > 0 }
            && code.IsKind(SyntaxKind.StringLiteralExpression);
        if (isText || code is InterpolatedStringExpressionSyntax)
        {
            yield return SyntaxFactory.LiteralExpression(
                SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(""));
        }
    }

    /// <summary>Nothing, where something is returned, or set in an initializer, that could be nothing.</summary>
    private static IEnumerable<ExpressionSyntax> OfResult(ExpressionSyntax code, SemanticModel model)
    {
        bool isResult = code.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax or SwitchExpressionArmSyntax
            || (code.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } set
                && set.Right == code);
        if (!isResult || code.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression)
        {
            yield break;
        }

        TypeInfo type = model.GetTypeInfo(code);
        ITypeSymbol? wanted = type.ConvertedType ?? type.Type;
        if (wanted?.NullableAnnotation is NullableAnnotation.Annotated)
        {
            yield return SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression);
        }
        else if (wanted?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
            && code is not LiteralExpressionSyntax)
        {
            yield return SyntaxFactory.LiteralExpression(
                SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0));
        }
    }

    private static bool IsLogic(SyntaxNode? code) =>
        code?.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression;

    private static LiteralExpressionSyntax Literal(bool value) => SyntaxFactory.LiteralExpression(
        value ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression);
}
