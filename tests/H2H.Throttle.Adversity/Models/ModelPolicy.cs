using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Adversity.Models;

/// <summary>The one policy of all histories, as servers read it and as the model does.</summary>
internal static class ModelPolicy
{
    public const string Purpose = "marketing";

    public const string Document = """
        policy: adversity
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        unconfirmed: { default: count, phone: release }
        rules:
          - { name: hour, cap: 3, in: rolling 1h }
          - { name: mails, cap: 2, in: rolling 3h, when: { channel: email } }
        """;

    public static ImmutableArray<string> Channels { get; } = ["email", "sms", "phone"];

    public static ImmutableArray<ModelRule> Rules { get; } =
    [
        new ModelRule("hour", null, 3, Duration.FromHours(1)),
        new ModelRule("mails", "email", 2, Duration.FromHours(3)),
    ];

    /// <summary>Of every reservation.</summary>
    public static Duration TimeToLive { get; } = Duration.FromMinutes(10);

    /// <summary>How long before the clock a contact may be planned for, as if it were now.</summary>
    public static Duration PlannedSlack { get; } = Duration.FromMinutes(1);
}
