using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>What the policy language calls the parts of a contact.</summary>
internal static class TraitNames
{
    private const string LabelPrefix = "label.";
    private const string PersonPrefix = "person.";

    /// <summary>The enum's own name, in lower case.</summary>
    public static string Of(TraitKey key) => key.ToString().ToLowerInvariant();

    /// <summary>The name in <c>label.name</c>; null if the text is none.</summary>
    public static string? LabelOf(string text) => After(LabelPrefix, text, ContactTraits.NameLengthMax);

    /// <summary>The attribute in <c>person.attribute</c>; null if the text is none.</summary>
    public static string? AttributeOf(string text) => After(PersonPrefix, text, Person.AttributeLengthMax);

    private static string? After(string prefix, string text, int lengthMax) =>
        text.StartsWith(prefix, StringComparison.Ordinal)
        && text.Length > prefix.Length
        && text.Length <= prefix.Length + lengthMax
            ? text[prefix.Length..]
            : null;
}
