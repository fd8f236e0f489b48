using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>The words of one language.</summary>
/// <param name="Language">As in <c>en</c>.</param>
internal sealed record KeywordList(string Language)
{
    /// <summary>Words that mean something, and words of courtesy.</summary>
    public ImmutableArray<Keyword> Keywords { get; init; } = [];

    /// <summary>What turns a word of stopping right after it round.</summary>
    public ImmutableArray<ImmutableArray<string>> Negations { get; init; } = [];

    /// <summary>How the line ends that stands before a quoted message.</summary>
    public ImmutableArray<ImmutableArray<string>> ReplyEnds { get; init; } = [];

    /// <summary>How the line starts that a program adds below a message.</summary>
    public ImmutableArray<ImmutableArray<string>> Signatures { get; init; } = [];

    public ImmutableDictionary<MessageMeaning, string> Confirmations { get; init; } =
        ImmutableDictionary<MessageMeaning, string>.Empty;

    /// <summary>Both; the other's confirmations take the place of this one's.</summary>
    public KeywordList With(KeywordList more) => this with
    {
        Keywords = Keywords.AddRange(more.Keywords),
        Negations = Negations.AddRange(more.Negations),
        ReplyEnds = ReplyEnds.AddRange(more.ReplyEnds),
        Signatures = Signatures.AddRange(more.Signatures),
        Confirmations = Confirmations.SetItems(more.Confirmations),
    };
}
