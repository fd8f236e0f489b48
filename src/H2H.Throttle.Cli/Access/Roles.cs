using System.CommandLine;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Access;

/// <summary>Roles as the command line writes them: <c>sender</c>, <c>agent</c>, <c>admin</c>, <c>auditor</c>.</summary>
internal static class Roles
{
    public static Option<Role> Option() => new("--role")
    {
        Description = "What it opens: sender, agent, admin or auditor.",
        HelpName = "role",
        Required = true,
        CustomParser = static result =>
        {
            string word = result.Tokens[0].Value;
            if (Enum.TryParse(word, ignoreCase: true, out Role role)
                && role is not Role.Unspecified
                && NameOf(role) == word)
            {
                return role;
            }

            result.AddError($"'{word}' is no role. Write sender, agent, admin or auditor.");
            return Role.Unspecified;
        },
    };

    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
