using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Shadows;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using ShadowPolicy = H2H.Throttle.Engine.Shadows.ShadowPolicy;

namespace H2H.Throttle.Server.Policies;

/// <summary>Rules that decide nothing and count what they would have done.</summary>
internal sealed class ShadowCalls(ThrottleEngine engine)
{
    public async Task<PublishShadowPolicyResponse> PublishAsync(
        PublishShadowPolicyRequest request, ServerCallContext context)
    {
        Violations violations = new();
        PolicyWire.CheckLength(request.Document, violations);
        violations.ThrowIfAny();

        ShadowPolicy shadow = await engine.Shadows.SetAsync(
            request.Document, request.Comment, context.Actor(), context.CancellationToken);

        PublishShadowPolicyResponse response = new() { Shadow = ShadowWire.Write(shadow) };
        response.Shadow.Document = "";
        return response;
    }

    public async Task<GetShadowResponse> GetAsync(GetShadowRequest request, ServerCallContext context)
    {
        ShadowView view = await engine.Shadows.ShowAsync(
            PolicyWire.ReadVersion(request.Version), context.CancellationToken);
        return new GetShadowResponse
        {
            Version = view.Version,
            Observing = ShadowWire.Write(view.Observing),
            Shadow = view.Policy is { } policy ? ShadowWire.Write(policy) : null,
            Counts = view.Policy is null ? null : ShadowWire.Write(view.OfPolicy),
        };
    }

    public async Task<EndShadowPolicyResponse> EndAsync(ServerCallContext context)
    {
        await engine.Shadows.EndAsync(context.Actor(), context.CancellationToken);
        return new EndShadowPolicyResponse();
    }
}
