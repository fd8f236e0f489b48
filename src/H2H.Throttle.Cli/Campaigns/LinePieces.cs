namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Parts lines into messages that a server takes.</summary>
internal static class LinePieces
{
    /// <summary>How many lines go into a message at most.</summary>
    public const int LinesMax = 250;

    private const int BytesMax = 1024 * 1024;   // a server takes 4 MiB, and a line is shorter than one

    /// <param name="lines">That can be asked about, in order.</param>
    public static IEnumerable<IReadOnlyList<AudienceLine>> Of(IReadOnlyList<AudienceLine> lines)
    {
        List<AudienceLine> piece = new(Math.Min(lines.Count, LinesMax));
        int bytes = 0;
        foreach (AudienceLine line in lines)
        {
            piece.Add(line);
            bytes += line.Contact!.CalculateSize();
            if (piece.Count == LinesMax || bytes > BytesMax)
            {
                yield return piece;
                (piece, bytes) = (new(LinesMax), 0);
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }
}
