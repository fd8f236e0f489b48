using System.Collections.Immutable;
using System.Text;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Reads CSV (RFC 4180) record by record, however long the file is.</summary>
/// <remarks>Blank lines are no records. What is wrong with one leaves the next alone.</remarks>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>A record longer than this is a fault: a quote is missing.</summary>
    private const int RecordCharsMax = 64 * 1024;

    private const string Unclosed = "has a quote that is not closed";

    private long line;
    private long start;
    private string record = "";
    private char separator = ',';

    /// <summary>The next record; null: there are no more.</summary>
    public CsvRecord? Read()
    {
        while (text.ReadLine() is { } read)
        {
            line++;
            if (!string.IsNullOrWhiteSpace(read))
            {
                (start, record) = (line, read);
                return IsWhole() ? Parse() : new CsvRecord(start, [], Unclosed);
            }
        }

        return null;
    }

    /// <summary>The record that was read last once more; it and those after it are separated so.</summary>
    public CsvRecord SeparateBy(char other)
    {
        separator = other;
        return IsOpen(record) ? new CsvRecord(start, [], Unclosed) : Parse();
    }

    /// <summary>Takes further lines as long as a quote is open.</summary>
    private bool IsWhole()
    {
        while (IsOpen(record))
        {
            if (record.Length > RecordCharsMax || text.ReadLine() is not { } more)
            {
                return false;
            }

            line++;
            record = $"{record}\n{more}";
        }

        return true;
    }

    private CsvRecord Parse() => record.Contains('"', StringComparison.Ordinal)
        ? new CsvRecord(start, Split(), null)
        : new CsvRecord(start, [.. record.Split(separator)], null);

    private static bool IsOpen(string record) => record.AsSpan().Count('"') % 2 == 1;

    private ImmutableArray<string> Split()
    {
        ImmutableArray<string>.Builder fields = ImmutableArray.CreateBuilder<string>();
        StringBuilder field = new();
        bool isQuoted = false;
        for (int i = 0; i < record.Length; i++)
        {
            if (record[i] is '"' && isQuoted && i + 1 < record.Length && record[i + 1] is '"')
            {
                field.Append('"');
                i++;
            }
            else if (record[i] is '"')
            {
                isQuoted = !isQuoted;
            }
            else if (record[i] == separator && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(record[i]);
            }
        }

        fields.Add(field.ToString());
        return fields.ToImmutable();
    }
}
