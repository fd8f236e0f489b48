using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Encodings.Web;
using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>
/// Where verdicts are written as they come: CSV, or a JSON object on each line if its name ends in .jsonl or .ndjson.
/// What stands there is done; nothing else is.
/// </summary>
internal sealed class VerdictFile : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // nothing here is put into HTML
    };

    private const int Unbuffered = 0;   // so that nothing is left to be written when it is closed

    private readonly FileStream file;
    private readonly bool isJson;
    private readonly StringBuilder text = new();
    private readonly SemaphoreSlim writing = new(1, 1);

    private VerdictFile(string path)
    {
        file = Open(path);
        isJson = Path.GetExtension(path) is ".jsonl" or ".ndjson";
    }

    /// <summary>Opens it, mends a last line that was not written to its end, and tells what is done.</summary>
    /// <param name="path">Made if missing.</param>
    /// <param name="run">Whose verdicts it must hold.</param>
    /// <param name="done">Takes the lines that are done.</param>
    /// <param name="tally">Counts them.</param>
    /// <exception cref="UnusableException">It cannot be written, or it is of another run or no such file.</exception>
    public static async Task<VerdictFile> OpenAsync(string path, string run, DoneLines done, CampaignTally tally)
    {
        VerdictFile verdicts = new(path);
        try
        {
            await verdicts.StartAsync(path, run, done, tally);
            return verdicts;
        }
        catch (IOException failure)
        {
            await verdicts.DisposeAsync();
            throw Unwritable(path, failure);
        }
        catch
        {
            await verdicts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes rows; when this returns they outlive this process.</summary>
    /// <exception cref="UnusableException">It cannot be written.</exception>
    public async Task WriteAsync(IEnumerable<VerdictRow> rows)
    {
        await writing.WaitAsync();
        try
        {
            await AppendAsync(rows);
        }
        catch (IOException failure)
        {
            throw Unwritable(file.Name, failure);
        }
        finally
        {
            writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        writing.Dispose();
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, Unbuffered);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, failure);
        }
    }

    private async Task StartAsync(string path, string run, DoneLines done, CampaignTally tally)
    {
        if (!IsOwn())
        {
            throw NoVerdicts(path);
        }

        file.SetLength(WholeLines());   // what follows the last line end was torn off
        file.Position = 0;
        ReadDone(path, run, done, tally);
        file.Seek(0, SeekOrigin.End);
        if (file.Length == 0 && !isJson)
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(VerdictRow.CsvHeader));
        }
    }

    /// <summary>Whether it starts as such a file does, or is no longer than that; empty will do.</summary>
    private bool IsOwn()
    {
        byte[] start = Encoding.UTF8.GetBytes(isJson ? "{\"line\":" : VerdictRow.CsvHeader);
        byte[] found = new byte[start.Length];
        int length = file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        return start.AsSpan().StartsWith(found.AsSpan(0, length));
    }

    private async Task AppendAsync(IEnumerable<VerdictRow> rows)
    {
        foreach (VerdictRow row in rows)
        {
            if (isJson)
            {
                text.Append(JsonSerializer.Serialize(row, Json)).Append('\n');
            }
            else
            {
                row.AppendCsv(text);
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        await file.WriteAsync(bytes);
    }

    /// <summary>How many bytes there are up to the last line end.</summary>
    private long WholeLines()
    {
        for (long length = file.Length; length > 0; length--)
        {
            file.Position = length - 1;
            if (file.ReadByte() is '\n')
            {
                return length;
            }
        }

        return 0;
    }

    private void ReadDone(string path, string run, DoneLines done, CampaignTally tally)
    {
        using StreamReader reader = new(file, Encoding.UTF8, leaveOpen: true);
        if (!isJson)
        {
            reader.ReadLine();   // the header
        }

        foreach (VerdictRow row in isJson ? ReadJson(path, reader) : ReadCsv(path, new CsvReader(reader)))
        {
            if (row.RequestId != VerdictRow.RequestIdOf(run, row.Line))
            {
                throw new UnusableException(
                    $"{path} has verdicts of another run, {row.RequestId[..row.RequestId.LastIndexOf('/')]}: the "
                    + "audience, or what is asked about it, has changed since. Name another file with --out, or go on "
                    + "with that run, as far as lines are the same, with --run.");
            }

            done.Add(row.Line, row.PersonId);
            tally.Count(row, isNew: false);
        }
    }

    private static IEnumerable<VerdictRow> ReadJson(string path, StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return ReadJson(line) ?? throw NoVerdicts(path);
        }
    }

    private static VerdictRow? ReadJson(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<VerdictRow>(line, Json);
        }
        catch (JsonException)
        {
            return null;   // told with the file's name
        }
    }

    private static IEnumerable<VerdictRow> ReadCsv(string path, CsvReader reader)
    {
        while (reader.Read() is { } record)
        {
            if (record.Fields.Length != 10
                || !long.TryParse(record.Fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long line)
                || !record.Fields[9].Contains('/', StringComparison.Ordinal))
            {
                throw NoVerdicts(path);
            }

            yield return new VerdictRow
            {
                Line = line,
                PersonId = record.Fields[1],
                Verdict = record.Fields[2],
                Rule = record.Fields[3],
                Code = record.Fields[4],
                RequestId = record.Fields[9],
            };
        }
    }

    private static UnusableException Unwritable(string path, Exception failure) =>
        new($"{path} cannot be written: {failure.Message}", failure);

    private static UnusableException NoVerdicts(string path) => new(
        $"{path} is no file of verdicts and was left as it is. Name another with --out.");
}
