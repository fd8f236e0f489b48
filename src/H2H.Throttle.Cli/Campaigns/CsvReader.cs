namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Reads CSV (RFC 4180) record by record, however long the file is.</summary>
/// <remarks>
/// Blank lines are no records. What is wrong with one leaves the next alone: where a quote is not closed, the lines
/// after it are records of their own.
/// </remarks>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>A record longer than this is a fault.</summary>
    private const int RecordCharsMax = 64 * 1024;

    private const string Unclosed = "has a quote that is not closed";

    private readonly Stack<string> again = new();
    private readonly List<string> taken = [];
    private long line;
    private char separator = ',';

    /// <summary>The next record; null: there are no more.</summary>
    public CsvRecord? Read()
    {
        taken.Clear();
        while (Next() is { } read)
        {
            if (!string.IsNullOrWhiteSpace(read))
            {
                taken.Add(read);
                return Parse();
            }
        }

        return null;
    }

    /// <summary>The record that was read last once more; it and those after it are separated so.</summary>
    public CsvRecord SeparateBy(char other)
    {
        separator = other;
        GiveBackAfterFirst();
        return Parse();
    }

    private string? Next()
    {
        string? next = again.Count > 0 ? again.Pop() : text.ReadLine();
        line += next is null ? 0 : 1;
        return next;
    }

    /// <summary>A record begins with the one line that is taken.</summary>
    private CsvRecord Parse()
    {
        long start = line;
        string first = taken[0];
        if (first.Length > RecordCharsMax)
        {
            return new CsvRecord(start, [], $"has more than {RecordCharsMax} characters");
        }

        if (!first.Contains('"', StringComparison.Ordinal))
        {
            return new CsvRecord(start, [.. first.Split(separator)], null);
        }

        CsvFields fields = new(separator);
        fields.Take(first);
        while (fields.IsOpen)
        {
            if (fields.Length > RecordCharsMax || Next() is not { } more)
            {
                GiveBackAfterFirst();
                return new CsvRecord(start, [], Unclosed);
            }

            taken.Add(more);
            fields.Take(more);
        }

        if (taken.Count > 1 && fields.HasMoreBehindQuote)
        {
            GiveBackAfterFirst();   // what closed it was a quote of another line
            return new CsvRecord(start, [], Unclosed);
        }

        return new CsvRecord(start, fields.End(), null);
    }

    private void GiveBackAfterFirst()
    {
        for (int i = taken.Count - 1; i > 0; i--)
        {
            again.Push(taken[i]);
        }

        line -= taken.Count - 1;
        taken.RemoveRange(1, taken.Count - 1);
    }
}
