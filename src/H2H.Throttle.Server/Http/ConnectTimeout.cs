using System.Globalization;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>How long a caller is willing to wait, from the header <c>Connect-Timeout-Ms</c>.</summary>
internal static class ConnectTimeout
{
    public const string Header = "Connect-Timeout-Ms";

    private const int DigitsMax = 10;   // the protocol's own bound: about 115 days

    /// <summary>Null if the caller set none.</summary>
    /// <exception cref="RefusedException">The header is not a whole number of at most ten digits.</exception>
    public static TimeSpan? Read(IHeaderDictionary headers)
    {
        string? text = headers[Header];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > DigitsMax
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds))
        {
            throw RefusedException.Invalid([new Violation(
                Header,
                ErrorReason.TimeOutOfRange,
                $"{Header} must be milliseconds: a whole number of at most ten digits.")]);
        }

        return TimeSpan.FromMilliseconds(milliseconds);
    }
}
