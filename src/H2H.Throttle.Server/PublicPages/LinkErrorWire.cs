using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Why no link can be made, on the wire.</summary>
internal static class LinkErrorWire
{
    public static RefusedException NotSetUp() => new(
        StatusCode.FailedPrecondition,
        ErrorReason.LinksNotSetUp,
        "The server does not know the address by which people reach its pages; set Public:BaseUrl.");
}
