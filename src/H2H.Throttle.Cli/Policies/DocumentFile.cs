using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Policies;

/// <summary>A file that the user names; <c>-</c> is standard input.</summary>
internal static class DocumentFile
{
    /// <exception cref="UnusableException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return path == "-"
                ? await Console.In.ReadToEndAsync(cancellation)
                : await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
