using Grpc.Core;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using Role = H2H.Throttle.Engine.Access.Role;

namespace H2H.Throttle.Server.Access;

/// <summary>What a caller is told who is not let in.</summary>
internal static class AccessErrorWire
{
    private const string Header = "authorization";

    public static RefusedException NoCredentials() => new(
        StatusCode.Unauthenticated,
        ErrorReason.CredentialsMissing,
        "Send the header `authorization: Bearer …` with your key or token.",
        Header);

    public static RefusedException NoCertificate() => new(
        StatusCode.Unauthenticated,
        ErrorReason.CredentialsMissing,
        "This server answers callers that show a certificate of its own authority alone.");

    public static RefusedException WrongCredentials() => new(
        StatusCode.Unauthenticated,
        ErrorReason.CredentialsInvalid,
        "The key or token is unknown, revoked, past its end, or not made for this service.",
        Header);

    /// <summary>Nobody can tell whose the token is.</summary>
    public static RefusedException IssuerUnavailable() => new(
        StatusCode.Unavailable,
        ErrorReason.IssuerUnavailable,
        "The issuer of tokens cannot be reached, and its keys are not known yet. Nothing was done; try again.");

    public static RefusedException KeysUnknown() => new(
        StatusCode.Unavailable,
        ErrorReason.StoreUnavailable,
        "The keys are not known yet: the store cannot be asked. No decision was made.");

    /// <param name="call">As <c>package.Service/Call</c>.</param>
    /// <param name="role">Whose.</param>
    public static RefusedException NotForRole(string call, Role role) => new(
        StatusCode.PermissionDenied,
        ErrorReason.RoleNotAllowed,
        $"{call} is not for callers of role {role.ToString().ToLowerInvariant()}.");

    public static RefusedException NotForBrand(Caller caller, string field) => new(
        StatusCode.PermissionDenied,
        ErrorReason.BrandNotAllowed,
        $"This caller may speak for {string.Join(", ", caller.Brands)} alone.",
        field);

    public static RefusedException TooFast(int callsPerSecondMax) => new(
        StatusCode.ResourceExhausted,
        ErrorReason.CallerTooFast,
        $"One caller may make {callsPerSecondMax} calls a second. Nothing was done; try again a little later.");
}
