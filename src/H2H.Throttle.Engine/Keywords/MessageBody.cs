using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>What a person wrote of a message: not what is quoted below it, nor what a program added.</summary>
internal sealed class MessageBody(ImmutableArray<KeywordList> lists)
{
    /// <summary>The most lines that are looked at.</summary>
    private const int LinesMax = 200;

    private readonly ImmutableArray<ImmutableArray<string>> replyEnds =
        [.. lists.SelectMany(static one => one.ReplyEnds)];

    private readonly ImmutableArray<ImmutableArray<string>> signatures =
        [.. lists.SelectMany(static one => one.Signatures)];

    /// <summary>The words of each line that has some.</summary>
    public ImmutableArray<ImmutableArray<string>> LinesOf(string text)
    {
        ImmutableArray<ImmutableArray<string>>.Builder lines = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n').Take(LinesMax))
        {
            string trimmed = line.Trim();
            ImmutableArray<string> words = MessageWords.Of(trimmed);
            if (IsEnd(line.TrimEnd('\r'), trimmed, words) && lines.Count > 0)
            {
                break;
            }

            if (words.Length > 0 && !trimmed.StartsWith('>'))
            {
                lines.Add(words);
            }
        }

        return lines.ToImmutable();
    }

    // RFC 3676 section 4.3: a line of two hyphens and a blank starts a signature.
    private bool IsEnd(string line, string trimmed, ImmutableArray<string> words) =>
        line is "-- " or "--"
        || trimmed.StartsWith("-----", StringComparison.Ordinal)
        || trimmed.StartsWith("_____", StringComparison.Ordinal)
        || (trimmed.EndsWith(':') && replyEnds.Any(end => words.AsSpan().EndsWith(end.AsSpan())))
        || signatures.Any(start => words.AsSpan().StartsWith(start.AsSpan()));
}
