using Google.Protobuf.Collections;

namespace H2H.Throttle.Engine.People;

/// <summary>The texts of a record that is being read, by their place from 1; 0 is none.</summary>
internal sealed class Texts(RepeatedField<string> texts)
{
    /// <exception cref="FormatException">There is no such place.</exception>
    public string? this[uint place] => place switch
    {
        0 => null,
        _ when place <= texts.Count => texts[(int)place - 1],
        _ => throw new FormatException("A record names a text that it does not have."),
    };

    /// <exception cref="FormatException">There is no such place, or no text.</exception>
    public string Required(uint place) => this[place] ?? throw new FormatException("A record lacks a text.");
}
