namespace H2H.Throttle.Cli.Asking;

/// <summary>Reads a server's address: <c>http://127.0.0.1:7001</c>, or without its scheme.</summary>
internal static class AddressText
{
    /// <returns>Null if it is none; then <paramref name="complain"/> was told.</returns>
    public static Uri? Read(string text, Action<string> complain)
    {
        string url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        complain($"'{text}' is not a server's address. Write one such as http://127.0.0.1:7001.");
        return null;
    }
}
