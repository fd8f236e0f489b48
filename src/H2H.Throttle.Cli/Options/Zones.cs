using System.CommandLine;
using NodaTime;

namespace H2H.Throttle.Cli.Options;

/// <summary>Options that take a time zone by its IANA name.</summary>
internal static class Zones
{
    public static Option<DateTimeZone?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "zone",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone)
            {
                return zone;
            }

            result.AddError($"'{text}' is not a time zone. Write an IANA name, such as Europe/Rome or UTC.");
            return null;
        },
    };
}
