using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Logs;

/// <summary>Every line that is logged has an event id of its own, so that an alarm can be set on it for ever.</summary>
internal static class EventIdRule
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        (SourceFile File, AttributeSyntax Attribute, string? Id)[] messages =
        [
            .. tree.CSharp.Where(static file => file.IsUnder("src")).SelectMany(static file => file.Syntax
                .DescendantNodes().OfType<AttributeSyntax>()
                .Where(static attribute => attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute")
                .Select(attribute => (file, attribute, IdOf(attribute)))),
        ];
        return messages.Where(static message => message.Id is null)
            .Select(static message => message.File.At(
                message.Attribute, "a log message without an event id", "give it the next one that is free"))
            .Concat(messages.Where(static message => message.Id is not null)
                .GroupBy(static message => message.Id)
                .SelectMany(static group => group.Skip(1).Select(message => message.File.At(
                    message.Attribute, $"the event id {group.Key} again, first in {group.First().File.Path}",
                    "give it the next one that is free"))));
    }

    /// <summary>As it was written; null without one. A number comes first, or it is named.</summary>
    private static string? IdOf(AttributeSyntax attribute)
    {
        AttributeArgumentSyntax[] arguments = [.. attribute.ArgumentList?.Arguments ?? []];
        AttributeArgumentSyntax? named = Array.Find(arguments, static argument =>
            (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.Text is "EventId" or "eventId");
        return named is not null
            ? named.Expression.ToString()
            : arguments is [{ NameEquals: null, NameColon: null, Expression: LiteralExpressionSyntax number }, ..]
                && int.TryParse(number.Token.Text, out _)
                ? number.ToString()
                : null;
    }
}
