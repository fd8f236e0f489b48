using H2H.Throttle.Engine.Access;

namespace H2H.Throttle.Server.Access;

/// <summary>Those whom the journal and versions name, on the wire.</summary>
internal static class ActorWire
{
    /// <summary>Absent if nobody is named.</summary>
    public static Wire.Actor? Write(Actor? actor) => actor is null
        ? null
        : new Wire.Actor
        {
            Kind = KindOf(actor.Kind),
            Id = actor.Id,
            Role = actor.Role is { } role ? AccessWire.Write(role) : Wire.Role.Unspecified,
            Through = actor.Through,
        };

    private static Wire.ActorKind KindOf(ActorKind kind) => kind switch
    {
        ActorKind.Unstated => Wire.ActorKind.Unspecified,
        ActorKind.Server => Wire.ActorKind.Server,
        ActorKind.Local => Wire.ActorKind.Local,
        ActorKind.Anyone => Wire.ActorKind.Anyone,
        ActorKind.Key => Wire.ActorKind.Key,
        ActorKind.AdminKey => Wire.ActorKind.AdminKey,
        ActorKind.Token => Wire.ActorKind.Token,
        ActorKind.Certificate => Wire.ActorKind.Certificate,
        ActorKind.Person => Wire.ActorKind.Person,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
