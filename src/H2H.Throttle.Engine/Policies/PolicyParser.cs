using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Reads policy documents.</summary>
public static class PolicyParser
{
    /// <summary>The longest document, as UTF-8.</summary>
    public const int DocumentBytesMax = DocumentReader.BytesMax;

    /// <summary>How deep maps and lists may stand in each other.</summary>
    public const int DepthMax = DocumentReader.DepthMax;

    /// <summary>The most keys, values, lists and maps, those that aliases repeat included.</summary>
    public const int NodesMax = DocumentReader.NodesMax;

    /// <summary>The most errors that are told of one document; one more says how many were left out.</summary>
    public const int ErrorsMax = Findings.ErrorsMax;

    /// <summary>The policy that a document writes down, or all of its mistakes. Never throws.</summary>
    /// <remarks>Of YAML that is not well-formed only the first mistake can be told.</remarks>
    public static PolicyReading Read(string document)
    {
        Findings findings = new();
        Policy? policy = DocumentReader.ReadOne(document, findings) is { } root
            ? PolicyReader.Read(root, findings)
            : null;
        return policy is not null && findings.IsEmpty
            ? new PolicyReading.Valid(policy)
            : new PolicyReading.Invalid(findings.ToErrors());
    }
}
