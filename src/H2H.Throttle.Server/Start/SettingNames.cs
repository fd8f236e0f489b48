using System.Reflection;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Refuses settings that do not exist: they are misspelt ones, and would be ignored without a word.</summary>
internal static class SettingNames
{
    /// <exception cref="OptionsValidationException">The section has a key that <typeparamref name="TOptions"/> has not.</exception>
    public static void Check<TOptions>(IConfigurationSection section)
    {
        string[] known =
        [
            .. typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static one => one.Name),
        ];
        string[] unknown =
        [
            .. section.GetChildren().Select(static child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase),
        ];
        if (unknown.Length > 0)
        {
            throw new OptionsValidationException(
                section.Key,
                typeof(TOptions),
                [$"There is no setting {section.Key}:{unknown[0]}; there are {string.Join(", ", known)}."]);
        }
    }
}
