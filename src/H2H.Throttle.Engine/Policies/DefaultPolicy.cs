namespace H2H.Throttle.Engine.Policies;

/// <summary>The policy that a new store starts with, unless it is given another.</summary>
public static class DefaultPolicy
{
    /// <summary>Its document, comments included.</summary>
    public static string Document { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(DefaultPolicy).Assembly.GetManifestResourceStream("default-policy.yaml")
            ?? throw new InvalidOperationException("The default policy is missing from the build.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
