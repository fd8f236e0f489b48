using System.Text.Json;
using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>
/// Reads a history in JSON lines: one contact, event or description of a person a line.
/// The README of simulations lists the keys.
/// </summary>
internal static class HistoryLines
{
    /// <exception cref="UnusableException">It cannot be read; the message names the line.</exception>
    public static async Task<PastFile> ReadAsync(string path, CancellationToken cancellation)
    {
        PastFile past = new();
        int number = 0;
        try
        {
            await foreach (string line in File.ReadLinesAsync(path, cancellation))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    new HistoryLine(JsonDocument.Parse(line.TrimStart('\uFEFF')).RootElement).AddTo(past);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            throw new UnusableException($"{path}:{number}: {error.Message}", error);
        }

        return past;
    }
}
