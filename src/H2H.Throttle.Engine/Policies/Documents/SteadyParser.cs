using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>The package's parser, which here refuses text in one way only: by <see cref="YamlException"/>.</summary>
/// <remarks>
/// YamlDotNet 16.3 also lets an <see cref="InvalidOperationException"/> escape for some plain text in brackets and an
/// <see cref="ArgumentException"/> for some tags; neither says where, so the place is the end of what was read before.
/// </remarks>
internal sealed class SteadyParser(TextReader text) : IParser
{
    private readonly Parser parser = new(text);

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or ArgumentException)
        {
            Mark place = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "What comes next cannot be read.", refusal);
        }
    }
}
