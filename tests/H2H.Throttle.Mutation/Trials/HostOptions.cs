using Xunit.Sdk;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>One test at a time; each row of a theory by itself.</summary>
internal sealed class HostOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> values = new()
    {
        ["xunit.discovery.PreEnumerateTheories"] = true,
        ["xunit.execution.DisableParallelization"] = true,
        ["xunit.execution.MaxParallelThreads"] = 1,
    };

    public TValue? GetValue<TValue>(string name) => values.GetValueOrDefault(name) is TValue value ? value : default;

    public void SetValue<TValue>(string name, TValue value) => values[name] = value;

    public string ToJson() => "{}";
}
