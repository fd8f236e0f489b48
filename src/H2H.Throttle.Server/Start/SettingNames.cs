using System.Reflection;

namespace H2H.Throttle.Server.Start;

/// <summary>Finds settings that do not exist: they are misspelt ones, and would be ignored without a word.</summary>
internal static class SettingNames
{
    /// <summary>One sentence for each; empty: all exist.</summary>
    public static IEnumerable<string> Unknown<TOptions>(IConfigurationSection section)
    {
        string[] known =
        [
            .. typeof(TOptions)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(static property => property.Name),
        ];
        return section.GetChildren()
            .Select(static child => child.Key)
            .Except(known, StringComparer.OrdinalIgnoreCase)
            .Select(name => $"There is no setting {section.Path}:{name}; there are {string.Join(", ", known)}.");
    }
}
