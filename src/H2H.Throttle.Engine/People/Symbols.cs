using Google.Protobuf.Collections;

namespace H2H.Throttle.Engine.People;

/// <summary>The texts of a record that is being written: each once, named by its place from 1; 0 is none.</summary>
internal sealed class Symbols(RepeatedField<string> texts)
{
    private const int FewMax = 16;   // so few are found sooner by looking at each

    private Dictionary<string, uint>? places;

    public uint this[string? text] => text is null ? 0 : Find(text) is > 0 and uint place ? place : Add(text);

    private uint Find(string text)
    {
        if (places is not null)
        {
            return places.GetValueOrDefault(text);
        }

        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] == text)
            {
                return (uint)i + 1;
            }
        }

        return 0;
    }

    private uint Add(string text)
    {
        texts.Add(text);
        uint place = (uint)texts.Count;
        if (places is not null)
        {
            places.Add(text, place);
        }
        else if (place > FewMax)
        {
            places = new Dictionary<string, uint>(StringComparer.Ordinal);
            for (int i = 0; i < texts.Count; i++)
            {
                places.Add(texts[i], (uint)i + 1);
            }
        }

        return place;
    }
}
