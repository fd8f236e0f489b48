using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Wire;

/// <summary>The transport's words for errors stay at the wire: the domain has reasons of its own.</summary>
/// <remarks>
/// In Server they belong to wire files, services, interceptors, and the folders Errors and Http, which turn the
/// domain's failures into the transport's. Client and Cli are on the other end of the wire and may read them anywhere.
/// </remarks>
internal static class StatusCodeRule
{
    private const string Mend = "return a value or throw the port's own exception, and turn it into a status in …Wire";

    public static IEnumerable<Finding> Check(SourceTree tree) => tree.CSharp
        .Where(static file => file.IsUnder("src") && !IsAtTheWire(file))
        .SelectMany(static file => file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(IsOfTheTransport)
            .Select(name => file.At(name, $"{name} away from the wire", Mend)));

    private static bool IsAtTheWire(SourceFile file) => file.Project switch
    {
        "H2H.Throttle.Client" or "H2H.Throttle.Cli" => true,
        "H2H.Throttle.Server" => file.FolderName is "Errors" or "Http"
            || file.Stem.EndsWith("Wire", StringComparison.Ordinal)
            || file.Stem.EndsWith("Service", StringComparison.Ordinal)
            || file.Stem.EndsWith("Interceptor", StringComparison.Ordinal),
        _ => file.IsUnder("src/standins"),
    };

    /// <summary>True for the types, false for a member of something else that happens to be called the same.</summary>
    private static bool IsOfTheTransport(IdentifierNameSyntax name) =>
        name.Identifier.Text is "RpcException" or "StatusCode"
        && name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression.ToString() == "Grpc.Core",
            MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
            _ => true,
        };
}
