using System.Collections.Frozen;
using System.Text;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>Letters of Latin script without what stands on, in or through them.</summary>
/// <remarks>
/// A table, because the runtime cannot decompose letters where it has no culture data, as in the container. Small
/// letters alone; full-width forms (U+FF01 to U+FF5E) become ASCII.
/// </remarks>
internal static class PlainLetters
{
    private const int FullWidthFirst = 0xFF01;
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthShift = 0xFEE0;

    private static readonly FrozenDictionary<char, string> Plain = new (string To, string From)[]
    {
        ("a", "àáâãäåāăąạảấầẩẫậắằẳẵặ"),
        ("ae", "æ"),
        ("c", "çćĉċč"),
        ("d", "ðďđ"),
        ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
        ("g", "ĝğġģ"),
        ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįıỉị"),
        ("ij", "ĳ"),
        ("j", "ĵ"),
        ("k", "ķ"),
        ("l", "ĺļľł"),
        ("n", "ñńņňŋ"),
        ("o", "òóôõöøōŏőọỏốồổỗộớờởỡợ"),
        ("oe", "œ"),
        ("r", "ŕŗř"),
        ("s", "śŝşšſș"),
        ("ss", "ß"),
        ("t", "ţťŧț"),
        ("th", "þ"),
        ("u", "ùúûüũūŭůűųụủứừửữự"),
        ("w", "ŵ"),
        ("y", "ýÿŷỳỵỷỹ"),
        ("z", "źżž"),
    }
    .SelectMany(static group => group.From.Select(letter => KeyValuePair.Create(letter, group.To)))
    .ToFrozenDictionary();

    public static Rune Narrow(Rune rune) =>
        rune.Value is >= FullWidthFirst and <= FullWidthLast ? new Rune(rune.Value - FullWidthShift) : rune;

    /// <param name="small">A small letter, or anything else.</param>
    public static string Of(Rune small) =>
        small.IsBmp && Plain.TryGetValue((char)small.Value, out string? plain) ? plain : small.ToString();
}
