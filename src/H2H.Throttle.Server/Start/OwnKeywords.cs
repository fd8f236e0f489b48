using H2H.Throttle.Engine.Keywords;

namespace H2H.Throttle.Server.Start;

/// <summary>The words that messages are understood by, those of a file of the operator's own included.</summary>
internal static class OwnKeywords
{
    /// <param name="path">Of the file; empty: there is none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StartException">The file cannot be read, or has mistakes.</exception>
    public static async Task<KeywordBook> ReadAsync(string path, CancellationToken cancellation)
    {
        if (path.Length == 0)
        {
            return KeywordBook.Standard;
        }

        try
        {
            return KeywordBook.Standard.With(await File.ReadAllTextAsync(path, cancellation));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the keywords cannot be read: {error.Message}", error);
        }
        catch (FormatException error)
        {
            string mistakes = string.Concat(error.Message.Split('\n').Select(mistake => $"\n  {path}:{mistake}"));
            throw new StartException($"the keywords have mistakes:{mistakes}", error);
        }
    }
}
