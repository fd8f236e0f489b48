using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>What is asked about everybody in an audience.</summary>
/// <param name="Run">The run's name: with the line, it makes what is asked safe to repeat.</param>
/// <param name="Usual">What lines do not say themselves.</param>
/// <param name="IgnoresOthers">Columns of unknown names are for somebody else.</param>
internal sealed record CampaignPlan(string Run, Contact Usual, bool IgnoresOthers)
{
    /// <summary>Null: the default.</summary>
    public Duration? TimeToLive { get; init; }

    /// <summary>Null: now.</summary>
    public Timestamp? At { get; init; }

    public string OverrideReason { get; init; } = "";

    /// <summary>The same name for the same audience and the same question, and no other.</summary>
    public static string NameOf(string audience, string verb, Contact usual, Duration? timeToLive, string reason)
    {
        byte[] asked = SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{audience}\n{verb}\n{JsonFormatter.Default.Format(usual)}\n{timeToLive}\n{reason}"));
        return Convert.ToHexStringLower(asked.AsSpan(0, 6));
    }
}
