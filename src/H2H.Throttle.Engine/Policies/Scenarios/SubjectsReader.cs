using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads what contacts and events are about: one subject or a list.</summary>
internal static class SubjectsReader
{
    public static ImmutableArray<string> Read(Node node, Findings findings)
    {
        ImmutableArray<string> subjects =
            [.. ValueReader.OneOrMany(node, findings).Select(static text => text.Text)];
        if (subjects.Length > ContactTraits.SubjectsMax
            || subjects.Any(static subject => subject.Length > ContactTraits.NameLengthMax))
        {
            findings.Report(node, new Fault(
                $"At most {ContactTraits.SubjectsMax} subjects of {ContactTraits.NameLengthMax} characters fit.",
                "Write fewer or shorter ones."));
            return [];
        }

        return subjects;
    }
}
