namespace H2H.Throttle.Engine.Identity;

/// <summary>Stands for a person in the stores: a keyed hash of the caller's id, 22 characters of base64url.</summary>
public readonly record struct PersonKey
{
    public const int Length = 22;

    public PersonKey(string text)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(text.Length, Length, nameof(text));
        Text = text;
    }

    public string Text { get; }

    public override string ToString() => Text;
}
