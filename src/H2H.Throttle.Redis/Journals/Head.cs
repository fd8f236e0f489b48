using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Redis.Journals;

/// <summary>The last entry, as far as it is known: where it stands, and to what the next is chained.</summary>
internal sealed record Head(long Position, ReadOnlyMemory<byte> Hash)
{
    public static Head Empty { get; } = new(0, JournalChain.Root);
}
