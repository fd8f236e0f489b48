using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Lists;

/// <summary>A file with an address on each line. It may be larger than memory, and full of rubbish.</summary>
internal sealed class AddressFile
{
    private const int LinesPerPiece = 5000;
    private const int LineLengthMax = 400;   // longer than any address: the rest of such a line is not sent
    private const int BufferChars = 64 * 1024;

    private readonly string path;

    private AddressFile(string path, long bytes, string id, ExportHead? head) =>
        (this.path, Bytes, Id, Head) = (path, bytes, id, head);

    public long Bytes { get; }

    /// <summary>The same for the same content: 32 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Null: it is no exported list.</summary>
    public ExportHead? Head { get; }

    /// <exception cref="UnusableException">It cannot be read.</exception>
    public static async Task<AddressFile> OpenAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            if (!file.CanSeek)
            {
                throw new UnusableException(
                    $"{path} is a pipe, which cannot be read again after a break: write it to a file and import that.");
            }

            byte[] hash = await SHA256.HashDataAsync(file, cancellation);
            ExportHead? head = Pieces(path).FirstOrDefault().Lines is [{ } first, ..] ? ExportHead.Read(first) : null;
            return new AddressFile(path, file.Length, Convert.ToHexStringLower(hash.AsSpan(0, 16)), head);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The lines in order, with how many bytes of the file were read by then.</summary>
    public IEnumerable<(List<string> Lines, long BytesRead)> Pieces() => Pieces(path);

    private static IEnumerable<(List<string> Lines, long BytesRead)> Pieces(string path)
    {
        using FileStream file = File.OpenRead(path);
        using StreamReader reader = new(file, Encoding.UTF8);
        char[] buffer = new char[BufferChars];
        StringBuilder line = new();
        List<string> lines = [];
        bool isOpen = false;
        for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
        {
            for (int i = 0; i < read; i++)
            {
                if (buffer[i] is not '\n')
                {
                    isOpen = true;
                    line.Append(buffer.AsSpan(i, line.Length < LineLengthMax ? 1 : 0));
                    continue;
                }

                lines.Add(line.ToString());
                line.Clear();
                isOpen = false;
                if (lines.Count == LinesPerPiece)
                {
                    yield return (lines, file.Position);
                    lines = [];
                }
            }
        }

        if (isOpen)
        {
            lines.Add(line.ToString());
        }

        yield return (lines, file.Position);
    }
}
