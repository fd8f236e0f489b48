using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Lists;

/// <summary>What a suppression list may be called.</summary>
public static class ListName
{
    /// <summary>1 to 64 letters, digits, points, hyphens and underscores.</summary>
    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= Listed.ListLengthMax
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
