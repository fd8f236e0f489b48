using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>An issuer of tokens that listens for real: it serves its OpenID configuration and public keys.</summary>
public sealed class OidcIssuer : IAsyncDisposable
{
    private readonly List<RsaSecurityKey> published = [];
    private readonly int port;
    private WebApplication? app;

    /// <param name="port">Where it will be; free now.</param>
    public OidcIssuer(int port)
    {
        this.port = port;
        RollOver();
    }

    public string Name => $"http://127.0.0.1:{port}";

    /// <summary>What it signs with now.</summary>
    public SigningCredentials Signing => new(published[^1], SecurityAlgorithms.RsaSha256);

    /// <summary>Signs with a new key from now on, and publishes the old one no more.</summary>
    public void RollOver()
    {
        published.Clear();
        published.Add(new RsaSecurityKey(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") });
    }

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Name);
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Name,
            ["jwks_uri"] = $"{Name}/keys",
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        app.MapGet("/keys", () => Results.Json(new Dictionary<string, object>
        {
            ["keys"] = published.Select(static key =>
            {
                RSAParameters open = key.Rsa.ExportParameters(false);
                return new Dictionary<string, string>
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = key.KeyId,
                    ["n"] = Base64UrlEncoder.Encode(open.Modulus),
                    ["e"] = Base64UrlEncoder.Encode(open.Exponent),
                };
            }).ToArray(),
        }));
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }
    }
}
