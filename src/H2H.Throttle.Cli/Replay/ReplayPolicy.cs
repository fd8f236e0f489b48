using System.Globalization;

namespace H2H.Throttle.Cli.Replay;

/// <summary>The policy that calls are replayed under if nobody gives another.</summary>
internal static class ReplayPolicy
{
    public const int CapDefault = 4;

    private static readonly Lazy<string> Template = new(Read);

    /// <summary>At most <paramref name="cap"/> calls to one person in one campaign.</summary>
    public static string DocumentFor(int cap) => Template.Value.Replace(
        string.Create(CultureInfo.InvariantCulture, $"cap: {CapDefault}"),
        string.Create(CultureInfo.InvariantCulture, $"cap: {cap}"),
        StringComparison.Ordinal);

    private static string Read()
    {
        using Stream stream = typeof(ReplayPolicy).Assembly.GetManifestResourceStream("replay-policy.yaml")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
