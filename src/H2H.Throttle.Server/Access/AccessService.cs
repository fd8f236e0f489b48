using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;
using AccessKey = H2H.Throttle.Engine.Access.AccessKey;
using Role = H2H.Throttle.Engine.Access.Role;

namespace H2H.Throttle.Server.Access;

/// <summary>Who may call what.</summary>
internal sealed class AccessService(ThrottleEngine engine) : Wire.AccessService.AccessServiceBase
{
    public override async Task<CreateKeyResponse> CreateKey(CreateKeyRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Role role = AccessWire.ReadRole(request.Role, violations);
        Duration? lives = TimeWire.Read(
            request.TimeToLive, "time_to_live", ErrorReason.TimeOutOfRange, violations);
        if (request.Brands.Count > 0 && role is not Role.Sender)
        {
            violations.Add(
                "brands", ErrorReason.FieldNotAllowed, "brands bind senders alone; leave them out for other roles.");
        }

        violations.ThrowIfAny();

        MintedKey minted = await engine.Keys.MintAsync(
            request.Name, role, request.Brands, lives, context.Actor(), context.CancellationToken);

        return new CreateKeyResponse { Key = AccessWire.Write(minted.Key), KeyText = minted.Text };
    }

    public override async Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context)
    {
        await engine.Keys.RefreshAsync(context.CancellationToken);

        ListKeysResponse response = new();
        response.Keys.AddRange(engine.Keys.Keys.Select(AccessWire.Write));
        return response;
    }

    public override async Task<RevokeKeyResponse> RevokeKey(RevokeKeyRequest request, ServerCallContext context)
    {
        AccessKey revoked = await engine.Keys.RevokeAsync(
            request.KeyId, context.Actor(), context.CancellationToken);

        return new RevokeKeyResponse { Key = AccessWire.Write(revoked) };
    }

    public override Task<GetCallerResponse> GetCaller(GetCallerRequest request, ServerCallContext context) =>
        Task.FromResult(AccessWire.Write(Doorkeeper.CallerOf(context)));
}
