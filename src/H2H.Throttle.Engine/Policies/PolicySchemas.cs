namespace H2H.Throttle.Engine.Policies;

/// <summary>The policy language as JSON Schemas (draft 2020-12), by which editors complete and underline.</summary>
/// <remarks>They know keys and the forms of values; what depends on other parts of a document only the parser
/// tells.</remarks>
public static class PolicySchemas
{
    /// <summary>The name by which the schema of scenarios refers to that of policies.</summary>
    public const string PolicyName = "policy.schema.json";

    public const string ScenarioName = "scenario.schema.json";

    /// <summary>Of a policy document.</summary>
    public static string Policy { get; } = Read(PolicyName);

    /// <summary>Of each document of a scenario file.</summary>
    public static string Scenario { get; } = Read(ScenarioName);

    private static string Read(string name)
    {
        using Stream stream = typeof(PolicySchemas).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the build.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
