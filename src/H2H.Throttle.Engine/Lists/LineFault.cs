namespace H2H.Throttle.Engine.Lists;

/// <summary>What is wrong with a line of a list.</summary>
/// <remarks>The numbers are stored: never change or reuse one.</remarks>
public enum LineFault
{
    /// <summary>Neither a phone number nor an e-mail address nor a hash.</summary>
    NotAnAddress = 1,

    /// <summary>A phone number without its country code, and the import tells none.</summary>
    CountryCodeMissing = 2,

    /// <summary>Longer than any address.</summary>
    TooLong = 3,

    /// <summary>A hash, and the import does not say with which key it was made.</summary>
    KeyMissing = 4,
}
