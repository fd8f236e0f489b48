using System.Runtime.InteropServices;

namespace H2H.Throttle.Engine.People;

/// <summary>The texts of a record that is being written: each once, named by its place from 1; 0 is none.</summary>
internal sealed class Symbols
{
    private const int FewMax = 32;   // so few are found sooner by looking at each

    private readonly List<string> texts = new(FewMax);
    private Dictionary<string, uint>? places;

    public uint this[string? text] => text is null ? 0 : Find(text) is > 0 and uint place ? place : Add(text);

    /// <summary>All of them by their place.</summary>
    public ReadOnlySpan<string> Texts => CollectionsMarshal.AsSpan(texts);

    private uint Find(string text)
    {
        if (places is not null)
        {
            return places.GetValueOrDefault(text);
        }

        ReadOnlySpan<string> few = Texts;
        for (int i = 0; i < few.Length; i++)
        {
            if (few[i] == text)
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
