using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing.Servers;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>The keys of an issuer are fetched from where its OpenID configuration says.</summary>
public sealed class IssuerTests : IAsyncLifetime
{
    private const int HangMs = 60_000;

    private readonly OidcIssuer issuer = new(RedisServer.FreePort());
    private IssuedServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = new IssuedServer(issuer.Name);
        await server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact(Timeout = HangMs)]
    public async Task Tokens_are_taken_as_soon_as_an_issuer_that_was_down_at_start_is_there()
    {
        string token = Token();
        Refusal down = await Refusal.OfAsync(server.Access.GetCallerAsync(new(), GuardedServer.With(token)));

        await issuer.StartAsync();
        GetCallerResponse caller = await server.Access.GetCallerAsync(new(), GuardedServer.With(token));

        Assert.Equal((Grpc.Core.StatusCode.Unavailable, "ISSUER_UNAVAILABLE"), (down.Code, down.Reason));
        Assert.Equal(("mail platform", Role.Agent), (caller.Name, caller.Role));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_new_key_of_the_issuer_is_fetched_when_the_first_token_by_it_comes()
    {
        await issuer.StartAsync();
        await server.Access.GetCallerAsync(new(), GuardedServer.With(Token()));
        string old = Token();

        issuer.RollOver();
        string fresh = Token();
        Role? role = null;
        while (role is null)
        {
            role = await RoleOfAsync(fresh);   // the keys are fetched in the background
        }

        Assert.Equal(Role.Agent, role);
        Assert.Null(await RoleOfAsync(TokenTests.TokenServer.Sign(
            new OidcIssuer(0).Signing, new() { ["role"] = "admin" }, issuer: issuer.Name)));
        Assert.NotEqual(old, fresh);
    }

    [Fact(Timeout = HangMs)]
    public async Task Who_showed_a_token_before_is_known_while_the_issuer_is_down()
    {
        await issuer.StartAsync();
        string token = Token();
        string later = Token("later");
        await server.Access.GetCallerAsync(new(), GuardedServer.With(token));

        await issuer.DisposeAsync();

        Assert.Equal(Role.Agent, await RoleOfAsync(token));
        Assert.Equal(Role.Agent, await RoleOfAsync(later));   // the keys are kept
    }

    private string Token(string jti = "") => TokenTests.TokenServer.Sign(
        issuer.Signing, new() { ["role"] = "agent", ["jti"] = jti }, issuer: issuer.Name);

    private async Task<Role?> RoleOfAsync(string token)
    {
        try
        {
            return (await server.Access.GetCallerAsync(new(), GuardedServer.With(token))).Role;
        }
        catch (Grpc.Core.RpcException error) when (error.StatusCode is Grpc.Core.StatusCode.Unauthenticated)
        {
            return null;
        }
    }

    private sealed class IssuedServer(string issuer) : GuardedServer($"--Access:JwtIssuer={issuer}");
}
