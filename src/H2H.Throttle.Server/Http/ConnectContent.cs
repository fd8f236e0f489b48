using System.Net.Http.Headers;

namespace H2H.Throttle.Server.Http;

/// <summary>The two forms in which a unary call's request and answer may be written.</summary>
internal static class ConnectContent
{
    public const string Json = "application/json";
    public const string Proto = "application/proto";

    /// <summary>What a caller may send, for the Accept-Post header of a refusal.</summary>
    public const string Accepted = $"{Json}, {Proto}";

    /// <summary>Which of the two a Content-Type header names; null: neither.</summary>
    public static string? Of(string? header)
    {
        if (!MediaTypeHeaderValue.TryParse(header, out MediaTypeHeaderValue? type) || !IsUtf8(type.CharSet))
        {
            return null;
        }

        return type.MediaType switch
        {
            { } media when media.Equals(Json, StringComparison.OrdinalIgnoreCase) => Json,
            { } media when media.Equals(Proto, StringComparison.OrdinalIgnoreCase) => Proto,
            _ => null,
        };
    }

    private static bool IsUtf8(string? charset) =>
        charset is null || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
