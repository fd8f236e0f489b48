using System.Globalization;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows a version of the policy.</summary>
internal static class PolicyView
{
    public static void Show(Screen screen, Policy policy, bool isInForce, TimeText times)
    {
        string standing = isInForce ? "in force" : "not in force";
        screen.Line($"[bold]{policy.Name}[/], version {policy.Version}, {standing}");
        screen.Line($"  published  {times.Write(policy.PublishedAt)}");
        if (policy.Author is { } author)
        {
            screen.Line($"  author     {Words.Join(Words.Of(author.Kind), author.Id)}, through {author.Through}");
        }

        if (policy.Comment.Length > 0)
        {
            screen.Line($"  comment    {policy.Comment}");
        }

        if (policy.Restores > 0)
        {
            screen.Line($"  restores   version {policy.Restores}");
        }

        screen.Line($"  rules      {string.Join(", ", policy.Rules)}");
    }

    public static void ShowBrief(Screen screen, Policy policy, TimeText times)
    {
        string number = policy.Version.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        string name = $"{policy.Name}, {policy.Rules.Count} rules";
        screen.Line($"[bold]{number}[/]  {times.Write(policy.PublishedAt)}  {name}  [dim]{policy.Comment}[/]");
    }

    public static string Write(Cap cap) => cap.CapCase switch
    {
        Cap.CapOneofCase.Limit => cap.Limit.ToString(CultureInfo.InvariantCulture),
        Cap.CapOneofCase.Blocked => "blocked",
        Cap.CapOneofCase.Unlimited => "unlimited",
        _ => "unknown",
    };
}
