using System.Collections.Immutable;

namespace H2H.Throttle.Core.Rules;

/// <summary>Text in which <c>*</c> stands for any characters, none included. Case matters.</summary>
public sealed record Glob
{
    private readonly string[] parts;

    public Glob(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Text = text;
        parts = text.Split('*');
    }

    public string Text { get; }

    public bool IsLiteral => parts.Length == 1;

    public bool Matches(string value)
    {
        if (parts.Length == 1)
        {
            return value == Text;
        }

        string first = parts[0];
        string last = parts[^1];
        if (value.Length < first.Length + last.Length
            || !value.StartsWith(first, StringComparison.Ordinal)
            || !value.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        int place = first.Length;
        int end = value.Length - last.Length;
        foreach (string part in parts.AsSpan(1, parts.Length - 2))
        {
            int found = value.IndexOf(part, place, end - place, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            place = found + part.Length;
        }

        return true;
    }

    /// <summary>Whether one of them matches; none matches null. Allocates nothing.</summary>
    internal static bool AnyMatches(ImmutableArray<Glob> patterns, string? value)
    {
        if (value is not null)
        {
            foreach (Glob pattern in patterns)
            {
                if (pattern.Matches(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public bool Equals(Glob? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
