using System.Globalization;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies;

/// <summary>A limit as the policy language writes it.</summary>
internal static class CapText
{
    public static string Of(CapLimit cap) => cap.Contacts switch
    {
        null => "unlimited",
        0 => "blocked",
        { } contacts => contacts.ToString(CultureInfo.InvariantCulture),
    };
}
