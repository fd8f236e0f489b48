namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>Text of a document as messages repeat it.</summary>
internal static class Quoted
{
    /// <summary>Longer text is cut, in characters.</summary>
    public const int LengthMax = 60;

    public static string Of(string text)
    {
        string cut = text.Length <= LengthMax ? text : string.Concat(text.AsSpan(0, LengthMax), "…");
        return $"`{string.Concat(cut.Select(static c => char.IsControl(c) ? ' ' : c))}`";
    }

    public static string All(IEnumerable<string> texts) => string.Join(", ", texts.Select(Of));
}
