using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Whom a campaign is for: a CSV file, or standard input. It may be larger than memory.</summary>
/// <remarks>
/// Either one id on each line, or columns with names in the first line: see <see cref="AudienceColumns"/>.
/// </remarks>
internal sealed class AudienceFile
{
    public const string StandardInput = "-";

    private const int BufferBytes = 256 * 1024;

    private readonly string path;

    private AudienceFile(string path, string? id, long? lines) => (this.path, Id, Lines) = (path, id, lines);

    /// <summary>The same for the same content: 16 hexadecimal digits; null: standard input has none.</summary>
    public string? Id { get; }

    /// <summary>How many lines it has, about; null: nobody knows of standard input.</summary>
    public long? Lines { get; }

    /// <exception cref="UnusableException">It cannot be read.</exception>
    public static async Task<AudienceFile> OpenAsync(string path, CancellationToken cancellation)
    {
        if (path == StandardInput)
        {
            return new AudienceFile(path, null, null);
        }

        try
        {
            await using FileStream file = File.OpenRead(path);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[BufferBytes];
            long lines = 0;
            for (int read = await file.ReadAsync(buffer, cancellation);
                read > 0;
                read = await file.ReadAsync(buffer, cancellation))
            {
                hash.AppendData(buffer, 0, read);
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            }

            return new AudienceFile(path, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8)), lines);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The lines in order, bad ones too.</summary>
    /// <param name="usual">What columns that are empty or not there stand for.</param>
    /// <param name="ignoresOthers">Columns of another name are for somebody else.</param>
    /// <exception cref="UnusableException">The columns make no sense.</exception>
    public IEnumerable<AudienceLine> Read(Contact usual, bool ignoresOthers)
    {
        using TextReader text = path == StandardInput
            ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8)
            : new StreamReader(path, Encoding.UTF8);
        CsvReader reader = new(text);
        if (reader.Read() is not { } first)
        {
            throw new UnusableException($"{(path == StandardInput ? "Standard input" : path)} has no lines.");
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

    private static void RequireSaid(string what, string usual, AudienceColumns columns)
    {
        if (usual.Length == 0 && !columns.Names.Contains(what))
        {
            throw new UnusableException($"Nothing says the {what}: give --{what}, or a column {what}.");
        }
    }
}
