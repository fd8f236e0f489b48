using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies;

/// <summary>What became of a request to change a rule's limit in a document.</summary>
public abstract record CapAdjustment
{
    private CapAdjustment() { }

    /// <param name="Document">The document with the new limit, otherwise to the letter what it was.</param>
    /// <param name="Previous">The limit it had.</param>
    public sealed record Adjusted(string Document, CapLimit Previous) : CapAdjustment;

    /// <summary>No rule has that name, or the document is not one that rules can be found in.</summary>
    public sealed record RuleUnknown : CapAdjustment;

    /// <summary>The rule has no limit that one value could replace.</summary>
    /// <param name="Why">As a sentence: it is of another kind, a list, or shared with other rules.</param>
    public sealed record NotOneCap(string Why) : CapAdjustment;
}
