namespace H2H.Throttle.Engine.Access;

/// <summary>An actor as records keep it in JSON, so that whoever tells the journal names the same.</summary>
/// <param name="By">As <see cref="Actor.Name"/>.</param>
/// <param name="Role">The name of a role; null: nobody asked.</param>
/// <param name="Through">As <see cref="Actor.Through"/>.</param>
internal sealed record Signatory(string By, string? Role, string Through)
{
    /// <param name="actor">Null: not told.</param>
    public static Signatory? Of(Actor? actor) =>
        actor is null ? null : new Signatory(actor.Name, actor.Role?.ToString(), actor.Through);

    public Actor ToActor() => Actor.Read(By, Enum.TryParse(Role, out Role role) ? role : null, Through);
}
