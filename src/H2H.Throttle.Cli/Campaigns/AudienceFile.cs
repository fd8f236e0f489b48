using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Whom a campaign is for: a CSV file, or standard input. It may be larger than memory.</summary>
/// <remarks>
/// Either one id on each line, or columns with names in the first line: see <see cref="AudienceColumns"/>.
/// </remarks>
internal sealed class AudienceFile : IDisposable
{
    public const string StandardInput = "-";

    private const int BufferBytes = 256 * 1024;

    private readonly string name;
    private readonly Stream source;

    private AudienceFile(string path)
    {
        name = path == StandardInput ? "Standard input" : path;
        source = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
    }

    /// <summary>The same for the same content: 16 hexadecimal digits; null: what comes by a pipe has none.</summary>
    public string? Id { get; private set; }

    /// <summary>How many lines it has, about; null: nobody knows of a pipe.</summary>
    public long? Lines { get; private set; }

    /// <exception cref="UnusableException">It cannot be read.</exception>
    public static async Task<AudienceFile> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            AudienceFile file = new(path);
            try
            {
                await file.IdentifyAsync(cancellation);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    public void Dispose() => source.Dispose();

    /// <summary>The lines in order, bad ones too; once.</summary>
    /// <param name="usual">What columns that are empty or not there stand for.</param>
    /// <param name="ignoresOthers">Columns of another name are for somebody else.</param>
    /// <exception cref="UnusableException">The columns make no sense.</exception>
    public IEnumerable<AudienceLine> Read(Contact usual, bool ignoresOthers)
    {
        using StreamReader text = new(source, Encoding.UTF8, leaveOpen: true);
        CsvReader reader = new(text);
        if (reader.Read() is not { } first)
        {
            throw new UnusableException($"{name} has no lines.");
        }

        first = reader.SeparateBy(AudienceHeader.SeparatorOf(first));
        AudienceColumns columns = AudienceColumns.Of(first, ignoresOthers);
        RequireSaid("channel", usual.Channel, columns);
        RequireSaid("purpose", usual.Purpose, columns);
        if (!AudienceHeader.IsHeader(first.Fields))
        {
            yield return columns.Read(first, usual);
        }

        while (reader.Read() is { } record)
        {
            yield return columns.Read(record, usual);
        }
    }

    private async Task IdentifyAsync(CancellationToken cancellation)
    {
        if (!source.CanSeek)
        {
            return;   // what is read from a pipe is gone
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long lines = 0;
        for (int read = await source.ReadAsync(buffer, cancellation);
            read > 0;
            read = await source.ReadAsync(buffer, cancellation))
        {
            hash.AppendData(buffer, 0, read);
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        (Id, Lines) = (Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8)), lines);
        source.Position = 0;
    }

    private static void RequireSaid(string what, string usual, AudienceColumns columns)
    {
        if (usual.Length == 0 && !columns.Names.Contains(what))
        {
            throw new UnusableException($"Nothing says the {what}: give --{what}, or a column {what}.");
        }
    }
}
