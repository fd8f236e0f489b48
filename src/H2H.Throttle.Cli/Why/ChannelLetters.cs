using System.Collections.Immutable;

namespace H2H.Throttle.Cli.Why;

/// <summary>A capital for each channel, its first that no other channel has taken.</summary>
internal sealed class ChannelLetters
{
    private const char Other = '?';

    private readonly Dictionary<string, char> letters = new(StringComparer.Ordinal);

    public ChannelLetters(IEnumerable<string> channels)
    {
        foreach (string channel in channels)
        {
            if (!letters.ContainsKey(channel))
            {
                letters[channel] = channel.ToUpperInvariant().Where(char.IsLetterOrDigit)
                    .Append(Other).First(letter => letter == Other || !letters.ContainsValue(letter));
            }
        }
    }

    public ImmutableArray<string> Channels => [.. letters.Keys];

    public char Of(string channel) => letters.GetValueOrDefault(channel, Other);
}
