using Google.Protobuf.Collections;

namespace H2H.Throttle.Engine.People;

/// <summary>The texts of a record that is being written: each once, named by its place from 1; 0 is none.</summary>
internal sealed class Symbols(RepeatedField<string> texts)
{
    private readonly Dictionary<string, uint> places = new(StringComparer.Ordinal);

    public uint this[string? text]
    {
        get
        {
            if (text is null)
            {
                return 0;
            }

            if (!places.TryGetValue(text, out uint place))
            {
                texts.Add(text);
                place = (uint)texts.Count;
                places.Add(text, place);
            }

            return place;
        }
    }
}
