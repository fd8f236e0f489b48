using System.Text;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using Cap = H2H.Throttle.Wire.Cap;
using Policy = H2H.Throttle.Wire.Policy;
using PolicyError = H2H.Throttle.Wire.PolicyError;

namespace H2H.Throttle.Server.Policies;

/// <summary>Policies on the wire.</summary>
internal static class PolicyWire
{
    public static void CheckLength(string document, Violations violations)
    {
        if (Encoding.UTF8.GetByteCount(document) > PolicyParser.DocumentBytesMax)
        {
            violations.Add(
                "document",
                ErrorReason.PolicyTooLarge,
                $"document has more than {PolicyParser.DocumentBytesMax} bytes.");
        }
    }

    /// <summary>0 is none in particular.</summary>
    public static long? ReadVersion(long version) => version == 0 ? null : version;

    /// <summary>The limit that is asked for; meaningless if there is a violation.</summary>
    public static CapLimit Read(Cap? cap, Violations violations)
    {
        switch (cap?.CapCase ?? Cap.CapOneofCase.None)
        {
            case Cap.CapOneofCase.Limit when cap!.Limit is >= 1 and <= CapLimit.ContactsMax:
                return new CapLimit(null, (int)cap.Limit);
            case Cap.CapOneofCase.Limit:
                violations.Add(
                    "cap.limit",
                    ErrorReason.CapOutOfRange,
                    $"cap.limit must be 1 to {CapLimit.ContactsMax}; for none set cap.blocked.");
                break;
            case Cap.CapOneofCase.Unlimited when cap!.Unlimited:
                return CapLimit.Unlimited;
            case Cap.CapOneofCase.Blocked when cap!.Blocked:
                return CapLimit.Blocked;
            default:
                violations.Add(
                    "cap", ErrorReason.CapOutOfRange, "cap must have a limit, or unlimited or blocked set to true.");
                break;
        }

        return CapLimit.Unlimited;
    }

    public static Cap Write(CapLimit limit) => limit.Contacts switch
    {
        null => new Cap { Unlimited = true },
        0 => new Cap { Blocked = true },
        { } contacts => new Cap { Limit = contacts },
    };

    public static Policy Write(PolicyVersion version, bool withDocument)
    {
        Policy policy = new()
        {
            Name = version.Name,
            Version = version.Number,
            Document = withDocument ? version.Document : "",
            Comment = version.Comment,
            PublishedAt = TimeWire.Write(version.PublishedAt),
            Author = ActorWire.Write(version.Author),
            Restores = version.Restores ?? 0,
        };
        policy.Rules.AddRange(version.Rules);
        return policy;
    }

    public static PolicyWarning Write(Engine.Policies.Reviews.PolicyWarning warning) => new()
    {
        Line = warning.Line,
        Column = warning.Column,
        Rule = warning.Rule ?? "",
        Message = warning.Message,
        Mend = warning.Mend,
    };

    public static PolicyError Write(Engine.Policies.PolicyError error) => new()
    {
        Line = error.Line,
        Column = error.Column,
        Rule = error.Rule ?? "",
        Message = error.Message,
        Mend = error.Mend,
    };
}
