using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Access;

/// <summary>Shows a key, in a line.</summary>
internal static class KeyView
{
    public static void Show(Screen screen, AccessKey key, TimeText times)
    {
        string brands = key.Brands.Count == 0 ? "every brand" : string.Join(", ", key.Brands);
        string standing = key.RevokedAt is { } revoked ? $"revoked {times.Write(revoked)}"
            : key.ExpiresAt is { } end ? $"until {times.Write(end)}"
            : "until revoked";
        screen.Line($"[bold]{key.KeyId}[/]  {Roles.NameOf(key.Role),-7}  {key.Name}  [dim]{brands}, {standing}[/]");
    }
}
