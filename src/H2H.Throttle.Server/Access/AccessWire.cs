using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using AccessKey = H2H.Throttle.Engine.Access.AccessKey;
using Role = H2H.Throttle.Engine.Access.Role;

namespace H2H.Throttle.Server.Access;

/// <summary>Keys and callers on the wire.</summary>
internal static class AccessWire
{
    /// <summary>Meaningless if a violation was added.</summary>
    public static Role ReadRole(Wire.Role role, Violations violations)
    {
        switch (role)
        {
            case Wire.Role.Sender:
                return Role.Sender;
            case Wire.Role.Agent:
                return Role.Agent;
            case Wire.Role.Admin:
                return Role.Admin;
            case Wire.Role.Auditor:
                return Role.Auditor;
            default:
                violations.Add(
                    "role",
                    ErrorReason.EnumOutOfRange,
                    "role must be sender, agent, admin or auditor: ROLE_SENDER, ….");
                return Role.Auditor;
        }
    }

    public static Wire.AccessKey Write(AccessKey key)
    {
        Wire.AccessKey written = new()
        {
            KeyId = key.Id,
            Name = key.Name,
            Role = Write(key.Role),
            CreatedAt = TimeWire.Write(key.MadeAt),
            ExpiresAt = key.Expires is { } end ? TimeWire.Write(end) : null,
            RevokedAt = key.RevokedAt is { } revoked ? TimeWire.Write(revoked) : null,
        };
        written.Brands.AddRange(key.Brands);
        return written;
    }

    public static GetCallerResponse Write(Caller caller)
    {
        GetCallerResponse written = new() { Name = caller.Name, Role = Write(caller.Role) };
        written.Brands.AddRange(caller.Brands);
        return written;
    }

    public static Wire.Role Write(Role role) => role switch
    {
        Role.Sender => Wire.Role.Sender,
        Role.Agent => Wire.Role.Agent,
        Role.Admin => Wire.Role.Admin,
        Role.Auditor => Wire.Role.Auditor,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
