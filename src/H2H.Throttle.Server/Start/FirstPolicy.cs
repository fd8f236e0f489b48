using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Server.Start;

/// <summary>The document that a store without a policy starts with.</summary>
internal static class FirstPolicy
{
    /// <exception cref="StartException">The file cannot be read, or has mistakes.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        if (path.Length == 0)
        {
            return DefaultPolicy.Document;
        }

        string document;
        try
        {
            document = await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"the first policy cannot be read: {error.Message}", error);
        }

        return PolicyParser.Read(document) is PolicyReading.Invalid invalid
            ? throw new StartException(
                $"the first policy has mistakes:{string.Concat(invalid.Errors.Select(error => $"\n  {path}:{error}"))}")
            : document;
    }
}
