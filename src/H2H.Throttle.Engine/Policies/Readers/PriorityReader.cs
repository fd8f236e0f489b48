using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads priorities: <c>80</c>, <c>"= 80"</c>, <c>"&gt;= 80"</c>, and so with &gt;, &lt;= and &lt;.</summary>
internal static partial class PriorityReader
{
    /// <summary>Empty if it cannot be read.</summary>
    public static ImmutableArray<Condition> Read(Node node, Findings findings)
    {
        ImmutableArray<Condition>.Builder anyOf = ImmutableArray.CreateBuilder<Condition>();
        foreach (Node.Scalar text in ValueReader.OneOrMany(node, findings))
        {
            if (ReadOne(text.Text) is { } range)
            {
                anyOf.Add(range);
            }
            else
            {
                findings.Report(text, new Fault(
                    $"{Quoted.Of(text.Text)} is no priority that a contact can have.",
                    $"Write a number from 0 to {ContactTraits.PriorityMax}, or a comparison such as `\">= 80\"`."));
            }
        }

        return anyOf.Count <= 1 ? anyOf.ToImmutable() : [AnyOf(anyOf)];
    }

    /// <summary>One of several holds if and only if not all of them fail.</summary>
    private static Condition.Not AnyOf(IEnumerable<Condition> conditions) => new(new Matcher(
        [.. conditions.Select(static condition => new Condition.Not(new Matcher([condition])))]));

    private static Condition.Priority? ReadOne(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        (int least, int most) = match.Groups["sign"].Value switch
        {
            ">=" => (number, ContactTraits.PriorityMax),
            ">" => (number + 1, ContactTraits.PriorityMax),
            "<=" => (0, number),
            "<" => (0, number - 1),
            _ => (number, number),
        };
        return least <= most && most <= ContactTraits.PriorityMax ? new Condition.Priority(least, most) : null;
    }

    [GeneratedRegex("^(?<sign>>=|>|<=|<|=|) ?(?<number>[0-9]{1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
