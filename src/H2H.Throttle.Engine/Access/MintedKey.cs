namespace H2H.Throttle.Engine.Access;

/// <summary>A key just made.</summary>
/// <param name="Key">What is kept of it.</param>
/// <param name="Text">What its holder shows. Nobody can tell it again.</param>
public sealed record MintedKey(AccessKey Key, string Text);
