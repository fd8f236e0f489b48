using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Cli.Asking;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Replay;

/// <summary>A history of calls: CSV with a heading, one client of one campaign a row, commas and no quotes.</summary>
/// <remarks>
/// The columns <c>client</c>, <c>last_contact_date</c> (2008-05-05), <c>attempts_this_campaign</c>,
/// <c>last_call_seconds</c> and <c>subscribed</c> (yes, no) are read by their names; others are left alone.
/// </remarks>
/// <param name="Name">The file's name without its ending: the campaign.</param>
/// <param name="Hash">SHA-256 of the whole file, in hexadecimal.</param>
/// <param name="Histories">In the order of the file. Never empty.</param>
internal sealed record HistoryFile(string Name, string Hash, ImmutableArray<CallHistory> Histories)
{
    /// <summary>The most calls of one row: more could not be one campaign, and are a mistake in the file.</summary>
    public const int AttemptsMax = 1000;

    private static readonly ImmutableArray<string> Columns =
        ["client", "last_contact_date", "attempts_this_campaign", "last_call_seconds", "subscribed"];

    /// <exception cref="UnusableException">It cannot be read, or has a row that makes no sense.</exception>
    public static async Task<HistoryFile> ReadAsync(string path, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be read: {error.Message}", error);
        }

        string[] lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        int[] places = FindColumns(path, lines[0].Split(','));
        ImmutableArray<CallHistory>.Builder histories = ImmutableArray.CreateBuilder<CallHistory>(lines.Length);
        HashSet<string> clients = [];
        for (int index = 1; index < lines.Length; index++)
        {
            if (lines[index].Length == 0)
            {
                continue;
            }

            string at = string.Create(CultureInfo.InvariantCulture, $"{path}:{index + 1}");
            CallHistory history = Read(at, lines[index].Split(','), places);
            histories.Add(clients.Add(history.Client)
                ? history
                : throw new UnusableException($"{at}: client {history.Client} has a row already."));
        }

        return histories.Count > 0
            ? new HistoryFile(
                Path.GetFileNameWithoutExtension(path),
                Convert.ToHexStringLower(SHA256.HashData(bytes)),
                histories.ToImmutable())
            : throw new UnusableException($"{path} has no rows.");
    }

    private static int[] FindColumns(string path, string[] heading)
    {
        string[] missing = [.. Columns.Where(column => !heading.Contains(column))];
        return missing.Length == 0
            ? [.. Columns.Select(column => Array.IndexOf(heading, column))]
            : throw new UnusableException(
                $"{path}:1: the heading has no {string.Join(", ", missing)}; it needs {string.Join(", ", Columns)}.");
    }

    private static CallHistory Read(string at, string[] row, int[] places)
    {
        string[] values = [.. places.Select(place => place < row.Length ? row[place] : "")];
        return new CallHistory(
            values[0].Length > 0 ? values[0] : throw Wrong(at, 0, values, "an id"),
            Number(values[2]) is { } attempts and >= 1 and <= AttemptsMax
                ? attempts
                : throw Wrong(at, 2, values, $"1 to {AttemptsMax}"),
            LocalDatePattern.Iso.Parse(values[1]) is { Success: true, Value: var date }
                ? date
                : throw Wrong(at, 1, values, "a day such as 2008-05-05"),
            Number(values[3]) ?? throw Wrong(at, 3, values, "whole seconds"),
            values[4] switch
            {
                "yes" => true,
                "no" => false,
                _ => throw Wrong(at, 4, values, "yes or no"),
            });
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static UnusableException Wrong(string at, int column, string[] values, string wanted) =>
        new($"{at}: {Columns[column]} is '{values[column]}', not {wanted}.");
}
