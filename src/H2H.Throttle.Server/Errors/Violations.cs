using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>Gathers everything that is wrong with one request, so that all of it is reported at once.</summary>
/// <remarks>Not safe for several threads; one request has one.</remarks>
internal sealed class Violations
{
    private readonly List<Violation> found = [];

    public bool Any => found.Count > 0;

    public void Add(string field, ErrorReason reason, string message) =>
        found.Add(new Violation(field, reason, message));

    /// <exception cref="RefusedException">Something was added.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw RefusedException.Invalid(found);
        }
    }
}
