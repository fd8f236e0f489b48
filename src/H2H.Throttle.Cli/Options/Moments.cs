using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Options;

/// <summary>Options that take an instant. One without its offset is refused: nobody could say which it is.</summary>
internal static class Moments
{
    private static readonly OffsetDateTimePattern[] Patterns =
    [
        OffsetDateTimePattern.Rfc3339,
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
    ];

    public static Option<Timestamp?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "instant",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (Read(text) is { } moment)
            {
                return moment;
            }

            result.AddError(
                $"'{text}' is not an instant. Write it with its offset from UTC: 2026-03-02T09:00:00+01:00, or "
                + "2026-03-02T08:00Z.");
            return null;
        },
    };

    public static Option<Timestamp?> At() => Option(
        "--at", "The time of the call; otherwise now. Far from now only where the server trusts callers.");

    /// <summary>Null if it is no instant with its offset.</summary>
    public static Timestamp? Read(string text)
    {
        foreach (OffsetDateTimePattern pattern in Patterns)
        {
            if (pattern.Parse(text) is { Success: true, Value: var value })
            {
                return Write(value.ToInstant());
            }
        }

        return null;
    }

    public static Timestamp Write(Instant instant) => Timestamp.FromDateTimeOffset(instant.ToDateTimeOffset());

    public static Instant Read(Timestamp timestamp) => Instant.FromDateTimeOffset(timestamp.ToDateTimeOffset());
}
