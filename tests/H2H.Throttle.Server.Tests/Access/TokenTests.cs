using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>Tokens of the one issuer that is trusted are taken, and no others.</summary>
public sealed class TokenTests(TokenTests.TokenServer server) : IClassFixture<TokenTests.TokenServer>
{
    private const string Issuer = "https://id.example";

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_token_tells_who_calls(string algorithm)
    {
        string token = server.Sign(algorithm, new() { ["role"] = "sender", ["brands"] = new[] { "north", "south" } });

        GetCallerResponse caller = await server.Access.GetCallerAsync(new(), GuardedServer.With(token));

        Assert.Equal(("mail platform", Role.Sender), (caller.Name, caller.Role));
        Assert.Equal(["north", "south"], caller.Brands);
        Refusal brand = await Refusal.OfAsync(server.Throttle.CheckAsync(
            new() { Contact = new() { PersonId = "a", Channel = "email", Purpose = "marketing", Brand = "west" } },
            GuardedServer.With(token)));
        Assert.Equal("BRAND_NOT_ALLOWED", brand.Reason);
    }

    [Fact]
    public async Task A_token_that_is_not_to_be_trusted_opens_nothing()
    {
        Dictionary<string, object> admin = new() { ["role"] = "admin" };
        using RSA other = RSA.Create(2048);
        string good = server.Sign("RS256", admin);
        string[] parts = good.Split('.');
        string none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        string[] bad =
        [
            server.Sign("RS256", admin, audience: "another-service"),
            server.Sign("RS256", admin, issuer: "https://evil.example"),
            server.Sign("RS256", admin, expires: DateTime.UtcNow.AddMinutes(-5)),
            server.Sign("RS256", new() { ["role"] = "owner" }),
            server.Sign("RS256", new() { ["role"] = "2" }),
            server.Sign("RS256", []),
            TokenServer.Sign(new SigningCredentials(new RsaSecurityKey(other), "RS256"), admin),
            // The public key taken for a shared secret.
            TokenServer.Sign(
                new SigningCredentials(server.PublicKeyAsSecret, "HS256"), admin),
            $"{none}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}",
            $"{parts[0]}.{parts[1]}",
            "not.a.token",
        ];

        Assert.Equal(
            Role.Admin, (await server.Access.GetCallerAsync(new(), GuardedServer.With(good))).Role);
        foreach (string token in bad)
        {
            Refusal refusal = await Refusal.OfAsync(server.Access.GetCallerAsync(new(), GuardedServer.With(token)));
            Assert.Equal("CREDENTIALS_INVALID", refusal.Reason);
        }
    }

    public sealed class TokenServer() : GuardedServer($"--Access:JwtIssuer={Issuer}")
    {
        private readonly RSA rsa = RSA.Create(2048);
        private readonly ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public SymmetricSecurityKey PublicKeyAsSecret => new(rsa.ExportSubjectPublicKeyInfo());

        public string Sign(
            string algorithm,
            Dictionary<string, object> claims,
            string audience = "h2h-throttle",
            string issuer = Issuer,
            DateTime? expires = null)
        {
            SecurityKey key = algorithm.StartsWith("ES", StringComparison.Ordinal)
                ? new ECDsaSecurityKey(ec)
                : new RsaSecurityKey(rsa);
            return Sign(new SigningCredentials(key, algorithm), claims, audience, issuer, expires);
        }

        public static string Sign(
            SigningCredentials credentials,
            Dictionary<string, object> claims,
            string audience = "h2h-throttle",
            string issuer = Issuer,
            DateTime? expires = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = audience,
                Expires = expires ?? DateTime.UtcNow.AddMinutes(10),
                NotBefore = DateTime.UtcNow.AddHours(-1),
                IssuedAt = DateTime.UtcNow.AddHours(-1),
                Subject = new ClaimsIdentity([new Claim("sub", "mail platform")]),
                Claims = claims,
                SigningCredentials = credentials,
            });

        protected override IEnumerable<string> SettingsWith(TemporaryStore files)
        {
            JsonWebKey[] keys =
            [
                JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false))),
                JsonWebKeyConverter.ConvertFromECDsaSecurityKey(
                    new ECDsaSecurityKey(ECDsa.Create(ec.ExportParameters(false)))),
            ];
            string set = JsonSerializer.Serialize(new
            {
                keys = keys.Select(static key => new
                {
                    kty = key.Kty, n = key.N, e = key.E, crv = key.Crv, x = key.X, y = key.Y,
                }),
            });
            return [.. base.SettingsWith(files), $"--Access:JwtKeysPath={files.Write("keys.json", set)}"];
        }
    }
}
