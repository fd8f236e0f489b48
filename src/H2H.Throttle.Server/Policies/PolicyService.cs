using Grpc.Core;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Engine.Policies.Reviews;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Pages;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Policies;

/// <summary>The rules themselves.</summary>
internal sealed class PolicyService(ThrottleEngine engine, SimulationCalls simulations, ShadowCalls shadows)
    : Wire.PolicyService.PolicyServiceBase
{
    public override Task<GetPolicyResponse> GetPolicy(GetPolicyRequest request, ServerCallContext context)
    {
        PolicyVersion version = engine.Policies.Get(PolicyWire.ReadVersion(request.Version));
        return Task.FromResult(new GetPolicyResponse
        {
            Policy = PolicyWire.Write(version, withDocument: true),
            InForce = version.Number == engine.Policies.Current.Number,
        });
    }

    public override Task<ListPolicyVersionsResponse> ListPolicyVersions(
        ListPolicyVersionsRequest request, ServerCallContext context)
    {
        PolicyPage page = engine.Policies.List(PageWire.ReadSize(request.PageSize), request.PageToken);

        ListPolicyVersionsResponse response = new() { NextPageToken = page.Next ?? "" };
        response.Policies.AddRange(page.Versions.Select(
            static version => PolicyWire.Write(version, withDocument: false)));
        return Task.FromResult(response);
    }

    public override Task<ValidatePolicyResponse> ValidatePolicy(
        ValidatePolicyRequest request, ServerCallContext context)
    {
        Violations violations = new();
        PolicyWire.CheckLength(request.Document, violations);
        violations.ThrowIfAny();

        ValidatePolicyResponse response = new();
        PolicyReview review = engine.Policies.Review(request.Document);
        response.Warnings.AddRange(review.Warnings.Select(PolicyWire.Write));
        if (review.Reading is PolicyReading.Invalid invalid)
        {
            response.Errors.AddRange(invalid.Errors.Select(PolicyWire.Write));
        }

        return Task.FromResult(response);
    }

    public override Task<ListPresetsResponse> ListPresets(ListPresetsRequest request, ServerCallContext context)
    {
        ListPresetsResponse response = new();
        response.Presets.AddRange(PresetLibrary.Presets.Select(
            preset => PresetWire.Write(preset, request.WithDocuments)));
        response.Packs.AddRange(PresetLibrary.Packs.Select(PresetWire.Write));
        return Task.FromResult(response);
    }

    public override Task SimulatePolicy(
        SimulatePolicyRequest request,
        IServerStreamWriter<SimulatePolicyResponse> responseStream,
        ServerCallContext context) => simulations.SimulateAsync(request, responseStream, context.CancellationToken);

    public override async Task<PublishPolicyResponse> PublishPolicy(
        PublishPolicyRequest request, ServerCallContext context)
    {
        Violations violations = new();
        PolicyWire.CheckLength(request.Document, violations);
        violations.ThrowIfAny();

        PolicyVersion version = await engine.Policies.By(context.Actor()).PublishAsync(
            request.RequestId,
            request.Document,
            request.Comment,
            PolicyWire.ReadVersion(request.ExpectedVersion),
            context.CancellationToken);

        PublishPolicyResponse response = new() { Policy = PolicyWire.Write(version, withDocument: false) };
        response.Warnings.AddRange(WarningsOf(version));
        return response;
    }

    public override async Task<AdjustCapResponse> AdjustCap(AdjustCapRequest request, ServerCallContext context)
    {
        Violations violations = new();
        CapLimit cap = PolicyWire.Read(request.Cap, violations);
        violations.ThrowIfAny();

        CapAdjusted adjusted = await engine.Policies.By(context.Actor()).AdjustCapAsync(
            request.RequestId,
            request.Rule,
            cap,
            request.Comment,
            PolicyWire.ReadVersion(request.ExpectedVersion),
            context.CancellationToken);

        AdjustCapResponse response = new()
        {
            Policy = PolicyWire.Write(adjusted.Version, withDocument: true),
            Previous = PolicyWire.Write(adjusted.Previous),
        };
        response.Warnings.AddRange(WarningsOf(adjusted.Version));
        return response;
    }

    public override async Task<RollBackPolicyResponse> RollBackPolicy(
        RollBackPolicyRequest request, ServerCallContext context)
    {
        PolicyVersion version = await engine.Policies.By(context.Actor()).RollBackAsync(
            request.RequestId,
            PolicyWire.ReadVersion(request.Version),
            request.Comment,
            PolicyWire.ReadVersion(request.ExpectedVersion),
            context.CancellationToken);

        return new RollBackPolicyResponse { Policy = PolicyWire.Write(version, withDocument: false) };
    }

    public override Task<PublishShadowPolicyResponse> PublishShadowPolicy(
        PublishShadowPolicyRequest request, ServerCallContext context) => shadows.PublishAsync(request, context);

    public override Task<GetShadowResponse> GetShadow(GetShadowRequest request, ServerCallContext context) =>
        shadows.GetAsync(request, context);

    public override Task<EndShadowPolicyResponse> EndShadowPolicy(
        EndShadowPolicyRequest request, ServerCallContext context) => shadows.EndAsync(context);

    private IEnumerable<Wire.PolicyWarning> WarningsOf(PolicyVersion version) =>
        engine.Policies.Review(version.Document).Warnings.Select(PolicyWire.Write);
}
