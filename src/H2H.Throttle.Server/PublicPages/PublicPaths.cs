namespace H2H.Throttle.Server.PublicPages;

/// <summary>The first part of the paths of pages; a token follows.</summary>
internal static class PublicPaths
{
    public const string Unsubscribe = "u";
    public const string Own = "me";

    /// <summary>The page and the token, maybe empty, that a path names; null: it is of something else.</summary>
    public static (string Page, string Token)? Read(PathString path)
    {
        string[] parts = (path.Value ?? "").Split('/', 3);
        return parts is ["", Unsubscribe or Own, ..] ? (parts[1], parts.ElementAtOrDefault(2) ?? "") : null;
    }
}
