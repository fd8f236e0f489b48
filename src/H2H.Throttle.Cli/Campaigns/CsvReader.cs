using System.Collections.Immutable;
using System.Text;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Reads CSV (RFC 4180) record by record, however long the file is.</summary>
/// <remarks>Empty lines are no records. What is wrong with one leaves the next alone.</remarks>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>A record longer than this is a fault: a quote is missing.</summary>
    private const int RecordCharsMax = 64 * 1024;

    private long line;

    /// <summary>The next record; null: there are no more.</summary>
    public CsvRecord? Read()
    {
        while (text.ReadLine() is { } read)
        {
            line++;
            if (read.Length > 0)
            {
                return Parse(read);
            }
        }

        return null;
    }

    private CsvRecord Parse(string first)
    {
        long start = line;
        string record = first;
        while (IsOpen(record))
        {
            if (record.Length > RecordCharsMax || text.ReadLine() is not { } more)
            {
                return new CsvRecord(start, [], "has a quote that is not closed");
            }

            line++;
            record = $"{record}\n{more}";
        }

        return record.Contains('"', StringComparison.Ordinal)
            ? new CsvRecord(start, Split(record), null)
            : new CsvRecord(start, [.. record.Split(',')], null);
    }

    private static bool IsOpen(string record) => record.AsSpan().Count('"') % 2 == 1;

    private static ImmutableArray<string> Split(string record)
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
            else if (record[i] is ',' && !isQuoted)
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
